import type { TextLine } from './novel-text';
import { endsEarly } from './paragraph-starts';
import { type BookMeasure, isIndent, type Margins } from './typeset-measure';

const OPENS_VERSE = /^[«“"—–‘’'\s]*\p{Lu}/u;
const OPENS_SPEECH = /^[«“"—–-]/u;
const ENDS_SENTENCE = /[.!?…:][\s»”")]*$/u;
const SAME = 0.3;
const CENTRE = 1;
const FAR = 1.25;
/** At the margin of the text itself. */
const MIN_LINES_FLUSH = 4;

/**
 * The lines of each stanza: they begin with capitals, though there was room on the line before, and a sentence runs on
 * from one to the next.
 */
export function findVerse(lines: TextLine[], book: BookMeasure, margins: Margins): TextLine[][] {
  const stanzas: TextLine[][] = [];
  let stanza: TextLine[] = [];
  const flush = (next?: TextLine) => {
    // A last line that runs to the margin, or on, begins a paragraph: « Ma chère enfant, » and the letter.
    const last = stanza.at(-1);
    if (last !== undefined && (margins.right - last.right < book.fontSize || runsOn(last, next, book))) stanza.pop();
    if (isStanza(stanza, book, margins)) stanzas.push(stanza);
    stanza = [];
  };
  for (const line of lines) {
    const before = stanza.at(-1);
    if (before !== undefined && !continuesStanza(before, line, book, margins)) flush(line);
    if (OPENS_VERSE.test(line.text)) stanza.push(line);
  }
  flush();
  return stanzas;
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
  if (stanza.length < 2 || runOn * 2 < stanza.length - 1) return false;
  const shift = Math.min(...stanza.map(({ left }) => left)) - margins.left;
  const isFirstLine = isIndent(shift, book.fontSize) && Math.abs(shift - book.indent) < SAME * book.fontSize;
  if (shift > SAME * book.fontSize && !isFirstLine) return true;
  return stanza.length >= MIN_LINES_FLUSH && !stanza.some(({ text }) => OPENS_SPEECH.test(text));
}
