import type { TextLine } from './novel-text';
import { type BookMeasure, isIndent, type Margins } from './typeset-measure';

export const OPENS_DIALOGUE = /^(?:[—–―]|-\s|«)/u;
const ENDS_SENTENCE = /[.!?…:»”"*)][\s»”")]*$/u;
const OPENS_SENTENCE = /^[«“"([—–―-]*\s*[\p{Lu}\d]/u;
const FAR = 1.4;
/** So many ems short of the margin, a last line is short on purpose even where every paragraph is indented. */
const VERY_SHORT = 4;

/** A line and the text block that it stands in. */
export interface Placed {
  line: TextLine;
  margins: Margins;
}

/** Whether `line` opens a paragraph when `before` is the line before it, on the same leaf or on the one before. */
export function startsParagraph(
  before: Placed,
  { line, margins }: Placed,
  book: BookMeasure,
  isSameLeaf: boolean,
): boolean {
  const em = book.fontSize;
  if (line.opens) return true;
  if (isSameLeaf && line.bottom - before.line.bottom > FAR * book.pitch) return true;
  const endsSentence = ENDS_SENTENCE.test(before.line.text);
  const slack = before.margins.right - before.line.right;
  const indent = line.left - margins.left;
  if (isIndent(indent, em)) {
    // The lines of a letter set in share their indent, and run on where they are full.
    const isSetIn = Math.abs(indent - (before.line.left - before.margins.left)) < 0.3 * em;
    return endsSentence || !isSetIn || slack > em;
  }
  if (!endsSentence || !OPENS_SENTENCE.test(line.text)) return false;
  return book.usesIndent ? slack > VERY_SHORT * em : endsEarly(before, line, book);
}

/** Whether the next line's first word would still have fitted on this line. */
export function endsEarly({ line, margins }: Placed, next: TextLine, book: BookMeasure): boolean {
  return margins.right - line.right > firstWordWidth(next) + 0.3 * book.fontSize;
}

/** The room that the first word of a line would have needed at the end of the line before. */
function firstWordWidth({ text, left, right }: TextLine): number {
  return ((text.split(' ')[0]?.length ?? 0) / Math.max(text.length, 1)) * (right - left);
}
