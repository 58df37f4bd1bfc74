import type { TextLine } from './novel-text';
import type { BookMeasure, Margins } from './typeset-measure';

export const OPENS_DIALOGUE = /^(?:[—–―]|-\s|«)/u;
const ENDS_SENTENCE = /[.!?…:»”"*)][\s»”")]*$/u;
const OPENS_SENTENCE = /^[«“"([—–―-]*\s*[\p{Lu}\d]/u;
/** From a last line to a first one where paragraphs stand apart, and where they are indented besides. */
const FAR = 1.25;
const FAR_INDENTED = 1.4;
/** So many ems short of the margin, a last line is short on purpose even where every paragraph is indented. */
const VERY_SHORT = 4;
const MIN_SHIFT = 0.7;
const MAX_SHIFT = 5;
const SAME = 0.3;

/** A line and the text block that it stands in. */
export interface Placed {
  line: TextLine;
  margins: Margins;
  /** The right edge of the passage that it is set in with. */
  setIn?: number | undefined;
}

/** Whether `line` opens a paragraph when `before` is the line before it, on the same leaf or on the one before. */
export function startsParagraph(before: Placed, placed: Placed, book: BookMeasure, isSameLeaf: boolean): boolean {
  const { line, margins } = placed;
  const em = book.fontSize;
  const far = (book.usesIndent ? FAR_INDENTED : FAR) * book.pitch;
  if (line.opens || (isSameLeaf && line.bottom - before.line.bottom > far)) return true;
  const runsOn = /^\p{Ll}/u.test(line.text) || before.line.text.endsWith('-');
  const shift = line.left - margins.left;
  const shiftBefore = before.line.left - before.margins.left;
  if (shift > MIN_SHIFT * em) return startsShifted(before, placed, book, shift - shiftBefore, runsOn);
  // Back from a date or a signature at the right.
  if (isSameLeaf && shiftBefore > MAX_SHIFT * em && before.setIn === undefined) return !runsOn;
  const endsSentence = ENDS_SENTENCE.test(before.line.text);
  if (!endsSentence || !OPENS_SENTENCE.test(line.text)) return false;
  return book.usesIndent ? slackOf(before) > VERY_SHORT * em : endsEarly(before, line, book);
}

/** Of a line that does not begin at the margin. `step` tells how far behind the line before it does. */
function startsShifted(before: Placed, placed: Placed, book: BookMeasure, step: number, runsOn: boolean): boolean {
  const em = book.fontSize;
  const endsSentence = ENDS_SENTENCE.test(before.line.text);
  if (step < -MAX_SHIFT * em) return !runsOn;
  if (step > SAME * em) return !(runsOn && !endsSentence && slackOf(before) < em);
  if (placed.setIn !== undefined && before.setIn !== undefined) {
    return !runsOn && endsEarly(before, placed.line, book);
  }
  // The lines of a letter set in share their indent, and run on where they are full.
  const isSame = Math.abs(step) < SAME * em;
  return endsSentence || !isSame || slackOf(before) > em;
}

const slackOf = ({ line, margins, setIn }: Placed) => (setIn ?? margins.right) - line.right;

/** Whether the next line's first word would still have fitted on this line. */
export function endsEarly(before: Placed, next: TextLine, book: BookMeasure): boolean {
  return slackOf(before) > firstWordWidth(next) + 0.3 * book.fontSize;
}

/** The room that the first word of a line would have needed at the end of the line before. */
function firstWordWidth({ text, left, right }: TextLine): number {
  return ((text.split(' ')[0]?.length ?? 0) / Math.max(text.length, 1)) * (right - left);
}
