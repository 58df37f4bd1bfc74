import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';
import type { BookMeasure, Margins } from './typeset-measure';

const LARGE = 1.13;
const MAX_LETTERS = 90;
const CHAPTER =
  /^(?:[ivxlc]+|\d{1,3})[.)]?$|^(?:chapitre|livre|partie|tome|prologue|[ée]pilogue|préface|introduction|acte|scène)(?!\p{L})|^(?:premi[eè]re?|deuxième|seconde?|troisième|quatrième|cinquième|sixième|septième|huitième) (?:partie|livre|chapitre|épisode)/iu;
const ENDS_SENTENCE = /[.!?…»:;,][\s»”"]*$/u;

export const isChapterTitle = (text: string) => CHAPTER.test(text.trim());

/** The lines of a leaf that are headings: set larger than the text, or apart from it, and centred or short. */
export function findHeadings({ lines }: Leaf, book: BookMeasure, margins: Margins): Set<TextLine> {
  const headings = new Set<TextLine>();
  for (const [index, line] of lines.entries()) {
    const above = lines[index - 1];
    const below = lines[index + 1];
    const isApart = isFar(above, line, book) && isFar(line, below, book);
    if (isLarge(line, book) || (isApart && isDisplayed(line, book, margins) && readsAsTitle(line.text)))
      headings.add(line);
  }
  return headings;
}

function isLarge(line: TextLine, book: BookMeasure): boolean {
  return line.fontSize > book.fontSize * LARGE && /[\p{L}\p{N}]/u.test(line.text) && line.text.length <= MAX_LETTERS;
}

function isFar(above: TextLine | undefined, below: TextLine | undefined, book: BookMeasure): boolean {
  return above === undefined || below === undefined || below.bottom - above.bottom > 1.35 * book.pitch;
}

/** Centred, or flush left and much shorter than a line. */
function isDisplayed(line: TextLine, book: BookMeasure, { left, right }: Margins): boolean {
  const before = line.left - left;
  const after = right - line.right;
  if (before < 0.3 * book.fontSize) return after > (right - left) / 4;
  return before > 2 * book.fontSize && Math.abs(before - after) < 2 * book.fontSize;
}

function readsAsTitle(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text) || text.length > MAX_LETTERS || /^[—–«-]/u.test(text)) return false;
  return isChapterTitle(text) || text === text.toUpperCase() || !ENDS_SENTENCE.test(text);
}
