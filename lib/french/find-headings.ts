import { isBareDivision, isChapterNumber, isDivision, isInCapitals } from './chapter-titles';
import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';
import { titleLinesFrom } from './title-lines';
import type { BookMeasure, Margins } from './typeset-measure';

const LARGE = 1.13;
const MAX_LETTERS = 90;
const ENDS_SENTENCE = /[.!?…»:;,][\s»”"]*$/u;
const ENDS_PARAGRAPH = /[.!?…»:][\s»”")]*$/u;
/** « Rouen, le 12 mai 1843 »: of a letter. */
const YEAR = /\d{4}/u;

/** The lines of a leaf that are headings: set larger than the text, or apart from it, or read as the name of a division. */
export function findHeadings({ lines }: Leaf, book: BookMeasure, margins: Margins): Set<TextLine> {
  const headings = new Set<TextLine>();
  for (const [index, line] of lines.entries()) {
    if (isLarge(line, book) || isSetAsTitle(lines, index, book, margins) || opensDivision(lines, index, book, margins))
      headings.add(line);
  }
  for (const [index, line] of lines.entries()) {
    const isNumber = headings.has(line) && isBareDivision(line.text);
    if (isNumber) for (const title of titleLinesFrom(lines, index + 1, book, margins)) headings.add(title);
  }
  return headings;
}

function isLarge(line: TextLine, book: BookMeasure): boolean {
  return line.fontSize > book.fontSize * LARGE && /[\p{L}\p{N}]/u.test(line.text) && line.text.length <= MAX_LETTERS;
}

/** Apart from the text and centred or short, and no sentence. */
function isSetAsTitle(lines: TextLine[], index: number, book: BookMeasure, margins: Margins): boolean {
  const line = lines[index];
  const above = lines[index - 1];
  if (line === undefined || !isFar(above, line, book) || !isFar(line, lines[index + 1], book)) return false;
  return (
    readsAsTitle(line.text) && (isDisplayed(line, book, margins) || (above === undefined && isAtRight(line, margins)))
  );
}

/** « Deuxième partie », « IV » on a line of their own, even where nothing else sets them apart. */
function opensDivision(lines: TextLine[], index: number, book: BookMeasure, margins: Margins): boolean {
  const line = lines[index];
  const above = lines[index - 1];
  const below = lines[index + 1];
  if (line === undefined || !isDivision(line.text) || isBeside(line, above) || isBeside(line, below)) return false;
  if (isCentred(line, book, margins) || isFar(above, line, book)) return isShort(line, margins);
  const isFigure = /^\d|[.)]$/u.test(line.text.trim()) && isChapterNumber(line.text);
  const isBetweenParagraphs =
    ENDS_PARAGRAPH.test(above?.text ?? '.') && (below === undefined || /^[«“"—–\s]*[\p{Lu}\d]/u.test(below.text));
  return isBetweenParagraphs && !isFigure && isShort(line, margins);
}

/** « 3 » beside the title is no number of a chapter. */
const isBeside = (line: TextLine, other: TextLine | undefined) =>
  other !== undefined && Math.abs(line.bottom - other.bottom) < 0.3 * line.fontSize;

const isShort = (line: TextLine, { left, right }: Margins) => line.right - line.left < (right - left) * 0.8;

function isFar(above: TextLine | undefined, below: TextLine | undefined, book: BookMeasure): boolean {
  return above === undefined || below === undefined || below.bottom - above.bottom > 1.35 * book.pitch;
}

/** Centred, or flush left and much shorter than a line. */
function isDisplayed(line: TextLine, book: BookMeasure, margins: Margins): boolean {
  const { left, right } = margins;
  if (line.left - left < 0.3 * book.fontSize) return right - line.right > (right - left) / 4;
  return isCentred(line, book, margins);
}

function isCentred(line: TextLine, book: BookMeasure, { left, right }: Margins): boolean {
  const before = line.left - left;
  return before > 2 * book.fontSize && Math.abs(before - (right - line.right)) < 2 * book.fontSize;
}

function isAtRight(line: TextLine, { left, right }: Margins): boolean {
  return line.left - left > (right - left) / 2 && !YEAR.test(line.text);
}

function readsAsTitle(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text) || text.length > MAX_LETTERS || /^[—–«-]/u.test(text)) return false;
  return isDivision(text) || isInCapitals(text) || !ENDS_SENTENCE.test(text);
}
