import { isInCapitals, tellsOfChapter } from './chapter-titles';
import type { TextLine } from './novel-text';
import { endsEarly } from './paragraph-starts';
import { type BookMeasure, isIndent, type Margins } from './typeset-measure';

const MAX_LINES = 4;
const OPENS_TITLE = /^[«“"]?\s*[\p{Lu}\d]/u;
const OPENS_TEXT = /^[«“"—–-]*\s*[\p{Lu}\d]/u;
const ENDS_SENTENCE = /[.!?…»:;,][\s»”")]*$/u;

/** The lines of the title that stands under the number of a chapter, at `from`; none where the text begins there. */
export function titleLinesFrom(lines: TextLine[], from: number, book: BookMeasure, margins: Margins): TextLine[] {
  const first = lines[from];
  if (first === undefined || !OPENS_TITLE.test(first.text)) return [];
  const inCapitals = runFrom(lines, from, (line) => isInCapitals(line.text));
  if (inCapitals.length > 0) return endsBefore(lines[from + inCapitals.length]) ? inCapitals : [];
  const centred = runFrom(lines, from, (line) => isCentredLine(line, book, margins));
  if (centred.length > 0 && centred.length <= MAX_LINES && endsBefore(lines[from + centred.length])) return centred;
  const paragraph = paragraphFrom(lines, from, book, margins);
  const text = paragraph.map((line) => line.text).join(' ');
  const isTitle = !ENDS_SENTENCE.test(text) || (tellsOfChapter(text) && !/[.…]\s/u.test(text));
  return paragraph.length <= MAX_LINES && isTitle && from + paragraph.length < lines.length ? paragraph : [];
}

/** A line that goes on in small letters shows that the capitals before it opened a sentence. */
const endsBefore = (line: TextLine | undefined) => line === undefined || OPENS_TEXT.test(line.text);

function runFrom(lines: TextLine[], from: number, belongs: (line: TextLine) => boolean): TextLine[] {
  const end = lines.findIndex((line, index) => index >= from && !belongs(line));
  return lines.slice(from, end === -1 ? undefined : end);
}

function isCentredLine(line: TextLine, book: BookMeasure, { left, right }: Margins): boolean {
  const before = line.left - left;
  return before > 2 * book.fontSize && Math.abs(before - (right - line.right)) < book.fontSize;
}

/** The lines up to the next one that opens a paragraph: by its indent, its initial, or the room left before it. */
function paragraphFrom(lines: TextLine[], from: number, book: BookMeasure, margins: Margins): TextLine[] {
  const end = lines.findIndex((line, index) => {
    const before = lines[index - 1];
    if (index <= from || before === undefined) return false;
    const isFar = line.bottom - before.bottom > 1.35 * book.pitch;
    const hasRoom = OPENS_TEXT.test(line.text) && endsEarly({ line: before, margins }, line, book);
    return isFar || hasRoom || line.opens === true || isIndent(line.left - margins.left, book.fontSize);
  });
  return lines.slice(from, end === -1 ? undefined : end);
}
