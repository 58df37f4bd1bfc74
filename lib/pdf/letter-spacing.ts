import type { Glyph } from './read-glyphs';

/** Fewer pairs of letters tell nothing: « À y a » is not letter-spaced. */
const MIN_PAIRS = 3;
/** Of the gaps from letter to letter: few enough for words of one or two letters, enough for some tight pairs. */
const QUANTILE = 0.3;
const LETTER = /^\p{L}$/u;

/**
 * How far apart the letters of a line may stand within a word, those of each size for themselves: 0 where they touch.
 * Twice the usual gap: a space that is letter-spaced too has it before and behind, and the widths that pdfium gives
 * small capitals are those of the small letters.
 */
export function letterSpacings(glyphs: Glyph[]): (before: Glyph, after: Glyph) => number {
  const gaps = new Map<number, number[]>();
  let last: Glyph | undefined;
  for (const glyph of glyphs) {
    const isGenerated = glyph.text === ' ' && glyph.right - glyph.left < 0.01;
    if (isGenerated) continue;
    if (last !== undefined && LETTER.test(glyph.text) && sizeOf(last) === sizeOf(glyph)) {
      const same = gaps.get(sizeOf(glyph)) ?? [];
      same.push(glyph.left - last.right);
      gaps.set(sizeOf(glyph), same);
    }
    last = LETTER.test(glyph.text) ? glyph : undefined;
  }
  const spacings = new Map([...gaps].map(([size, own]) => [size, usual(own)]));
  return (before, after) => Math.max(spacings.get(sizeOf(before)) ?? 0, spacings.get(sizeOf(after)) ?? 0);
}

const sizeOf = (glyph: Glyph) => Math.round(glyph.size * 4);

function usual(gaps: number[]): number {
  if (gaps.length < MIN_PAIRS) return 0;
  return 2 * Math.max(0, gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * QUANTILE)] ?? 0);
}
