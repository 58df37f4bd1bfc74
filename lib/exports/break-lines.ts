import { hyphenate } from './hyphenate';

export interface Line {
  words: string[];
  /** Offset of the line’s first character in the paragraph. */
  start: number;
  /** Sum of the words’ widths, without the spaces. */
  width: number;
  /** The paragraph goes on: the line is spread to the full measure. */
  justified: boolean;
}

export interface Measure {
  /** Of the column, in the same unit as the words’ widths. */
  width: number;
  /** Taken from the first line. */
  indent: number;
  /** A space as the face draws it. */
  space: number;
  widthOf: (text: string) => number;
}

interface Word {
  text: string;
  start: number;
}

/** Spaces may shrink and stretch between these; a wider gap makes the next word worth cutting. */
const TIGHTEST_SPACE = 0.85;
const WIDEST_SPACE = 1.4;
const MAX_HYPHENS_IN_A_ROW = 2;

const withHyphen = (part: string) => (part.endsWith('-') ? part : `${part}-`);

/** More letters than any line holds, and few enough that measuring them again for every line stays cheap. */
const LONGEST_WORD = /[^ \t\r\n]{1,200}/gu;

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(LONGEST_WORD), (match) => ({ text: match[0], start: match.index }));
}

/** The longest beginning of a word that fits, cut by syllable. */
function cut(word: Word, room: number, measure: Measure): [head: string, rest: Word] | undefined {
  for (const at of hyphenate(word.text).reverse()) {
    const head = withHyphen(word.text.slice(0, at));
    if (measure.widthOf(head) <= room) return [head, { text: word.text.slice(at), start: word.start + at }];
  }
  return undefined;
}

/** For a word wider than the column that no syllable divides: cut where the column ends, at least one character. */
function chop(word: Word, room: number, measure: Measure): [head: string, rest: Word | undefined] {
  const characters = Array.from(word.text);
  let count = characters.length;
  while (count > 1 && measure.widthOf(characters.slice(0, count).join('')) > room)
    count = Math.ceil(count * 0.9) - 1 || 1;
  const head = characters.slice(0, count).join('');
  const rest = word.text.slice(head.length);
  return [head, rest ? { text: rest, start: word.start + head.length } : undefined];
}

/** Takes from the queue (last word first) what one line holds; whether it ends on a hyphen. */
function fillLine(line: Line, queue: Word[], room: number, mayHyphenate: boolean, measure: Measure): boolean {
  const add = (text: string) => {
    line.words.push(text);
    line.width += measure.widthOf(text);
  };
  for (let word = queue.pop(); word; word = queue.pop()) {
    const left = room - line.width - line.words.length * measure.space * TIGHTEST_SPACE;
    if (measure.widthOf(word.text) <= left) {
      add(word.text);
      continue;
    }
    const gap = line.words.length > 1 ? (room - line.width) / (line.words.length - 1) : Number.POSITIVE_INFINITY;
    // The last word of a paragraph stays whole: the rest of it would be a line of its own.
    const mayCut = mayHyphenate && queue.length > 0 && gap > WIDEST_SPACE * measure.space;
    const hyphenated = mayCut ? cut(word, left, measure) : undefined;
    const [head, rest] = hyphenated ?? (line.words.length === 0 ? chop(word, room, measure) : [undefined, word]);
    if (head) add(head);
    if (rest) queue.push(rest);
    return hyphenated !== undefined;
  }
  return false;
}

/** Sets a paragraph line by line, first fit, cutting a word only where the line would be too loose without it. */
export function breakLines(text: string, measure: Measure): Line[] {
  const lines: Line[] = [];
  const queue = wordsOf(text).reverse();
  let hyphensInARow = 0;
  for (let first = queue.at(-1); first; first = queue.at(-1)) {
    const room = measure.width - (lines.length === 0 ? measure.indent : 0);
    const line: Line = { words: [], start: first.start, width: 0, justified: true };
    const hyphenated = fillLine(line, queue, room, hyphensInARow < MAX_HYPHENS_IN_A_ROW, measure);
    hyphensInARow = hyphenated ? hyphensInARow + 1 : 0;
    line.justified = queue.length > 0;
    lines.push(line);
  }
  return lines;
}
