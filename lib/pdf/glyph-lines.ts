import type { TextLine } from '@/lib/french/novel-text';
import { composeAccents } from './compose-accents';
import type { Glyph } from './read-glyphs';

/** In ems of the type: how far apart two glyphs of one line may stand. */
const MAX_GAP = 3;
const MAX_OVERLAP = 1.5;
const MAX_SHIFT = 0.45;
const MIN_SPACE = 0.14;
/** A glyph so many times larger than its neighbour is an initial that hangs over several lines. */
const INITIAL_RATIO = 1.9;

/** A note call: a figure or star, small and raised. Not part of what the author's sentence says. */
const NOTE_CALL = /^[\d*†‡⁰¹²³⁴-⁹()]$/u;
const CALL_SIZE = 0.86;
const CALL_RAISE = 0.15;

/** Lines in the order in which the page draws them. */
export function toLines(drawn: Glyph[]): TextLine[] {
  const lines: TextLine[] = [];
  let current: Glyph[] = [];
  const flush = () => {
    const line = toLine(current);
    if (line !== undefined) lines.push(line);
    current = [];
  };
  let last: Glyph | undefined;
  let main: Glyph | undefined;
  for (const glyph of composeAccents(drawn)) {
    if (last !== undefined && main !== undefined && !continues(main, last, glyph)) {
      flush();
      main = undefined;
    }
    current.push(glyph);
    if (glyph.text !== ' ') {
      if (main === undefined || glyph.size > main.size * 1.05) main = glyph;
      last = glyph;
    }
  }
  flush();
  return lines;
}

function continues(main: Glyph, last: Glyph, glyph: Glyph): boolean {
  if (glyph.text === ' ') return true;
  const size = Math.max(main.size, glyph.size);
  const shift = Math.abs(glyph.baseline - main.baseline);
  const isInitial = size > Math.min(main.size, glyph.size) * INITIAL_RATIO && shift > 0.1 * size;
  if (isInitial || shift > MAX_SHIFT * size) return false;
  const gap = glyph.left - last.right;
  return gap < MAX_GAP * size && gap > -MAX_OVERLAP * size;
}

function toLine(glyphs: Glyph[]): TextLine | undefined {
  const drawn = glyphs.filter((glyph) => glyph.text.trim() !== '');
  if (drawn.length === 0) return undefined;
  const main = mainGlyph(drawn);
  const kept = withSpaces(glyphs).filter((glyph) => !isNoteCall(glyph, main));
  const text = plainLetters(kept.map((glyph) => glyph.text).join(''));
  if (text === '') return undefined;
  return {
    text,
    left: Math.min(...drawn.map((glyph) => glyph.left)),
    right: Math.max(...drawn.map((glyph) => glyph.right)),
    // From the baseline alone, so that lines of one size compare whatever their fonts.
    top: main.baseline - 0.8 * main.size,
    bottom: main.baseline + 0.2 * main.size,
    fontSize: main.size,
  };
}

/** pdfium puts spaces (without a width) where it sees a gap; it sees some that are none (« f âché ») and misses some. */
function withSpaces(glyphs: Glyph[]): Glyph[] {
  const spacing = letterSpacing(glyphs);
  return glyphs.flatMap((glyph, index) => {
    const after = glyphs[index + 1];
    if (after === undefined) return [glyph];
    if (glyph.text === ' ') {
      const before = glyphs[index - 1];
      const isDrawn = before === undefined || glyph.right - glyph.left >= 0.01;
      return isDrawn || after.left - before.right >= MIN_SPACE * before.size ? [glyph] : [];
    }
    const gap = after.left - glyph.right - spacing;
    const isMissed = after.text !== ' ' && gap > MIN_SPACE * Math.max(glyph.size, after.size);
    return isMissed ? [glyph, { ...glyph, text: ' ' }] : [glyph];
  });
}

/** The gap that most letters of the line keep. */
function letterSpacing(glyphs: Glyph[]): number {
  const gaps = glyphs.slice(1).map((glyph, index) => glyph.left - (glyphs[index]?.right ?? glyph.left));
  return Math.max(0, gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0);
}

/** Composed (NFC), typographic ligatures and the long s as the letters that they stand for, single spaces. */
function plainLetters(text: string): string {
  const plain = text.replace(/[ſ\ufb00-\ufb06]/gu, (letter) => letter.normalize('NFKC'));
  return plain.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** The glyph of the size that most of the line has. */
function mainGlyph(glyphs: Glyph[]): Glyph {
  const bySize = Map.groupBy(glyphs, (glyph) => Math.round(glyph.size * 2));
  const groups = [...bySize.values()].sort((a, b) => b.length - a.length);
  const [first = { text: '', left: 0, right: 0, baseline: 0, size: 0 }] = groups[0] ?? [];
  return first;
}

function isNoteCall(glyph: Glyph, main: Glyph): boolean {
  return (
    NOTE_CALL.test(glyph.text) &&
    glyph.size <= main.size * CALL_SIZE &&
    main.baseline - glyph.baseline >= main.size * CALL_RAISE
  );
}
