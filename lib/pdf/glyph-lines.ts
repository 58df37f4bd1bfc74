import type { TextLine } from '@/lib/french/novel-text';
import { composeAccents } from './compose-accents';
import { letterSpacings } from './letter-spacing';
import { withLigaturePartsApart } from './ligature-parts';
import type { Glyph } from './read-glyphs';

/** In ems of the type: how far apart two glyphs of one line may stand. */
const MAX_GAP = 3;
const MAX_OVERLAP = 1.5;
const MAX_SHIFT = 0.45;
const MIN_SPACE = 0.14;
/** More spaces among the glyphs of a line, and some of them may stand between letters that are only set apart. */
const SPACED_SHARE = 0.22;
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
  for (const glyph of composeAccents(withLigaturePartsApart(drawn))) {
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
  const drawn = glyphs.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  const main = mainGlyph(drawn);
  const text = plainLetters(spacedText(glyphs, main));
  if (text === '') return undefined;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const glyph of drawn) {
    left = Math.min(left, glyph.left);
    right = Math.max(right, glyph.right);
  }
  // From the baseline alone, so that lines of one size compare whatever their fonts.
  return {
    text,
    left,
    right,
    top: main.baseline - 0.8 * main.size,
    bottom: main.baseline + 0.2 * main.size,
    fontSize: main.size,
  };
}

const isDrawn = ({ text }: Glyph) => text !== ' ' && text.trim() !== '';

/**
 * The letters of a line without its note calls. pdfium puts spaces (without a width) where it sees a gap; it sees some
 * that are none (« f âché », « P H A R E ») and misses some.
 */
function spacedText(glyphs: Glyph[], main: Glyph): string {
  // Only asked for where it decides: in most lines every space is there, and letters touch.
  let spacings: ReturnType<typeof letterSpacings> | undefined;
  const spacing = (before: Glyph, after: Glyph) => {
    spacings ??= letterSpacings(glyphs);
    return spacings(before, after);
  };
  const mayBeSpaced = glyphs.filter(({ text }) => text === ' ').length > glyphs.length * SPACED_SHARE;
  let text = '';
  let index = 0;
  for (const glyph of glyphs) {
    const before = glyphs[index - 1];
    index += 1;
    const after = glyphs[index];
    if (glyph.text === ' ') {
      if (isSpace(before, glyph, after, mayBeSpaced ? spacing : undefined)) text += ' ';
      continue;
    }
    if (!isNoteCall(glyph, main)) text += glyph.text;
    if (after === undefined || after.text === ' ') continue;
    const gap = after.left - glyph.right;
    const least = MIN_SPACE * Math.max(glyph.size, after.size);
    if (gap > least && gap - spacing(glyph, after) > least) text += ' ';
  }
  return text;
}

function isSpace(
  before: Glyph | undefined,
  space: Glyph,
  after: Glyph | undefined,
  spacing: ReturnType<typeof letterSpacings> | undefined,
): boolean {
  if (before === undefined || after === undefined || space.right - space.left >= 0.01) return true;
  return after.left - before.right - (spacing?.(before, after) ?? 0) >= MIN_SPACE * before.size;
}

/** Composed (NFC), typographic ligatures and the long s as the letters that they stand for, single spaces. */
function plainLetters(text: string): string {
  const plain = text.replace(/[ſ\ufb00-\ufb06]/gu, (letter) => letter.normalize('NFKC'));
  const composed = plain.normalize('NFC').trim();
  return /[^\S ]|\s\s/u.test(composed) ? composed.replace(/\s+/gu, ' ') : composed;
}

/** The first glyph of the size that most of the line has. */
function mainGlyph(glyphs: Glyph[]): Glyph {
  const sizes = new Map<number, { first: Glyph; count: number }>();
  let most = { first: { text: '', left: 0, right: 0, baseline: 0, size: 0 }, count: 0 };
  for (const glyph of glyphs) {
    const size = Math.round(glyph.size * 2);
    const known = sizes.get(size);
    if (known === undefined) sizes.set(size, { first: glyph, count: 1 });
    else known.count += 1;
  }
  for (const size of sizes.values()) if (size.count > most.count) most = size;
  return most.first;
}

function isNoteCall(glyph: Glyph, main: Glyph): boolean {
  return (
    glyph.size <= main.size * CALL_SIZE &&
    main.baseline - glyph.baseline >= main.size * CALL_RAISE &&
    NOTE_CALL.test(glyph.text)
  );
}
