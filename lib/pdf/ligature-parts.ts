import type { Glyph } from './read-glyphs';

const LETTER = /^[\p{Lu}\p{Ll}]$/u;
const MAX_PARTS = 3;
const SLACK = 0.1;

/**
 * pdfium puts the letters of a ligature all where it begins, each as wide as the ligature or as wide as it is alone:
 * these are set side by side, so that no gap seems to follow.
 */
export function withLigaturePartsApart(glyphs: Glyph[]): Glyph[] {
  let apart = glyphs;
  for (let index = 0; index < glyphs.length; index += 1) {
    const parts = partsFrom(glyphs, index);
    if (parts === 1) continue;
    const ligature = sideBySide(glyphs.slice(index, index + parts));
    const end = ligature.at(-1)?.right ?? 0;
    const next = glyphs[index + parts];
    if (next !== undefined && next.left > end - SLACK * next.size) {
      if (apart === glyphs) apart = [...glyphs];
      apart.splice(index, parts, ...ligature);
    }
    index += parts - 1;
  }
  return apart;
}

function partsFrom(glyphs: Glyph[], start: number): number {
  const first = glyphs[start];
  let parts = 1;
  while (first !== undefined && parts < MAX_PARTS && isOfLigature(first, glyphs[start + parts])) parts += 1;
  return parts;
}

const isOfLigature = (first: Glyph, glyph: Glyph | undefined) =>
  glyph !== undefined &&
  glyph.left === first.left &&
  glyph.baseline === first.baseline &&
  LETTER.test(first.text) &&
  LETTER.test(glyph.text);

function sideBySide(parts: Glyph[]): Glyph[] {
  let left = parts[0]?.left ?? 0;
  return parts.map((glyph) => {
    const right = left + glyph.right - glyph.left;
    const placed = { ...glyph, left, right };
    left = right;
    return placed;
  });
}
