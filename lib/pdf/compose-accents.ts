import type { Glyph } from './read-glyphs';

/** Accents that old TeX fonts draw as glyphs of their own over, or under, the letter. */
const COMBINING = new Map([
  ['´', '\u0301'],
  ['ˊ', '\u0301'],
  ['`', '\u0300'],
  ['ˋ', '\u0300'],
  ['^', '\u0302'],
  ['ˆ', '\u0302'],
  ['¨', '\u0308'],
  ['˜', '\u0303'],
  ['¸', '\u0327'],
]);
const MAX_RAISE = 0.45;
const SLACK = 0.05;

/** The glyphs of a page, each accent put together with the letter that it is drawn over, wherever it comes in order. */
export function composeAccents(glyphs: Glyph[]): Glyph[] {
  const accents = glyphs.filter((glyph) => COMBINING.has(glyph.text));
  if (accents.length === 0) return glyphs;
  const letters = glyphs.filter((glyph) => /^\p{L}$/u.test(glyph.text) && !COMBINING.has(glyph.text));
  const placed = new Set<Glyph>();
  const texts = new Map<Glyph, string>();
  for (const accent of accents) {
    const letter = letterUnder(accent, letters);
    if (letter === undefined) continue;
    placed.add(accent);
    texts.set(letter, accented(texts.get(letter) ?? letter.text, accent.text));
  }
  return glyphs.flatMap((glyph) => (placed.has(glyph) ? [] : [{ ...glyph, text: texts.get(glyph) ?? glyph.text }]));
}

function letterUnder(accent: Glyph, letters: Glyph[]): Glyph | undefined {
  const middle = (accent.left + accent.right) / 2;
  const distance = (letter: Glyph) => Math.abs((letter.left + letter.right) / 2 - middle);
  const under = letters.filter(
    (letter) =>
      Math.abs(letter.baseline - accent.baseline) < MAX_RAISE * letter.size &&
      middle > letter.left - SLACK * letter.size &&
      middle < letter.right + SLACK * letter.size,
  );
  return under.toSorted((a, b) => distance(a) - distance(b))[0];
}

function accented(letter: string, accent: string): string {
  const base = letter === 'ı' ? 'i' : letter;
  return (base + (COMBINING.get(accent) ?? '')).normalize('NFC');
}
