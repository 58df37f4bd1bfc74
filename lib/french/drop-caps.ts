import { isFrenchWord } from './french-words';
import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

const DROP_CAP_RATIO = 1.6;
/** Of all faces the tallest; what stands higher is a title over the chapter. */
const CAP_HEIGHT = 0.75;
const DROP_CAP = /^[«"“—–\s]*\p{Lu}[’']?$/u;

/** Gives an initial that hangs over several lines back to its word, and the lines beside it their margin. */
export function withDropCapsJoined(leaf: Leaf, bodySize: number): Leaf {
  const initial = leaf.lines.find((line) => line.fontSize > bodySize * DROP_CAP_RATIO && DROP_CAP.test(line.text));
  if (initial === undefined) return leaf;
  const beside = leaf.lines.filter((line) => line !== initial && isBeside(line, initial));
  const first = beside.toSorted((a, b) => a.top - b.top)[0];
  if (first === undefined) return leaf;
  const lines = leaf.lines.flatMap((line) => {
    if (line === initial) return [];
    if (!beside.includes(line)) return [line];
    return [
      {
        ...line,
        left: initial.left,
        ...(line === first
          ? { text: initial.text + spaceAfter(initial.text, line.text) + line.text, opens: true }
          : {}),
      },
    ];
  });
  return withDropCapsJoined({ ...leaf, lines: lines.toSorted((a, b) => a.bottom - b.bottom) }, bodySize);
}

/** Some typesetters let the first line run under the initial, so only its beginning is asked for. */
function isBeside(line: TextLine, initial: TextLine): boolean {
  const middle = (line.top + line.bottom) / 2;
  const reach = 0.25 * initial.fontSize;
  const baseline = initial.bottom - 0.2 * initial.fontSize;
  const isLevel = middle > baseline - CAP_HEIGHT * initial.fontSize && middle < initial.bottom + reach;
  const isNear = line.left > initial.left - 1 && line.left < initial.right + 0.8 * initial.fontSize;
  return isLevel && isNear && line.fontSize < initial.fontSize / 1.4;
}

/** « À » and, where accents are left out, « A » may be words of their own; « y » and « ô » too. */
function spaceAfter(initial: string, rest: string): string {
  const word = /^\p{L}+/u.exec(rest)?.[0].toLowerCase() ?? '';
  if (!/[AÀOÔY]$/u.test(initial) || word === '') return '';
  const isOneWord = isFrenchWord(initial.replace(/^\P{L}+/u, '').toLowerCase() + word);
  return !isOneWord && isFrenchWord(word) ? ' ' : '';
}
