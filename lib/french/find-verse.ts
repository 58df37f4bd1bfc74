import type { TextLine } from './novel-text';
import { endsEarly } from './paragraph-starts';
import { type BookMeasure, isIndent, type Margins } from './typeset-measure';

const OPENS_VERSE = /^[«“"—–‘’'\s]*\p{Lu}/u;
const OPENS_SPEECH = /^[«“"—–-]/u;
const ENDS_SENTENCE = /[.!?…:][\s»”")]*$/u;
const SAME = 0.3;
const CENTRE = 1;
const FAR = 1.25;
/** So many lines are no chance: set in, whatever they end in; at the margin of the text, where they run on. */
const LONG = 4;

/**
 * The lines that are verse, in stanzas: they begin with capitals, though there was room on the line before, and a sentence runs on
 * from one to the next.
 */
export function findVerse(lines: TextLine[], book: BookMeasure, margins: Margins): Set<TextLine> {
  const verse = new Set<TextLine>();
  let stanza: TextLine[] = [];
  const flush = (next?: TextLine) => {
    // A last line that runs to the margin, or on, begins a paragraph: « Ma chère enfant, » and the letter.
    const last = stanza.at(-1);
    if (last !== undefined && (margins.right - last.right < book.fontSize || runsOn(last, next, book))) stanza.pop();
    if (isStanza(stanza, book, margins)) for (const line of stanza) verse.add(line);
    stanza = [];
  };
  for (const line of lines) {
    const before = stanza.at(-1);
    if (before !== undefined && !continuesStanza(before, line, book, margins)) flush(line);
    if (OPENS_VERSE.test(line.text)) stanza.push(line);
  }
  flush();
  return verse;
}

const runsOn = (line: TextLine, next: TextLine | undefined, book: BookMeasure) =>
  next !== undefined &&
  /^\p{Ll}/u.test(next.text) &&
  !ENDS_SENTENCE.test(line.text) &&
  next.bottom - line.bottom < FAR * book.pitch;

function continuesStanza(before: TextLine, line: TextLine, book: BookMeasure, margins: Margins): boolean {
  const isAligned = Math.abs(before.left - line.left) < SAME * book.fontSize;
  const isCentred = Math.abs(before.left + before.right - line.left - line.right) < 2 * CENTRE * book.fontSize;
  return (
    OPENS_VERSE.test(line.text) &&
    (isAligned || isCentred) &&
    line.bottom - before.bottom < FAR * book.pitch &&
    Math.abs(line.fontSize - before.fontSize) < 0.5 &&
    endsEarly({ line: before, margins }, line, book)
  );
}

function isStanza(stanza: TextLine[], book: BookMeasure, margins: Margins): boolean {
  const runOn = stanza.slice(0, -1).filter(({ text }) => !ENDS_SENTENCE.test(text)).length;
  const doRunOn = runOn * 2 >= stanza.length - 1;
  const shift = Math.min(...stanza.map(({ left }) => left)) - margins.left;
  const isFirstLine = isIndent(shift, book.fontSize) && Math.abs(shift - book.indent) < SAME * book.fontSize;
  const isLong = stanza.length >= LONG;
  if (shift > SAME * book.fontSize && !isFirstLine) return isLong || (stanza.length > 1 && doRunOn);
  return isLong && doRunOn && !stanza.some(({ text }) => OPENS_SPEECH.test(text));
}
