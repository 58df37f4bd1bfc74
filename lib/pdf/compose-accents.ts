import type { Glyph } from './read-glyphs';

/** Accents that old TeX fonts draw as glyphs of their own over, or under, the letter. */
const COMBINING: Record<string, string> = {
  '´': '\u0301',
  ˊ: '\u0301',
  '`': '\u0300',
  ˋ: '\u0300',
  '^': '\u0302',
  ˆ: '\u0302',
  '¨': '\u0308',
  '˜': '\u0303',
  '¸': '\u0327',
};

/** The text of one line's glyphs, each accent put together with the letter that it stands over. */
export function composeAccents(glyphs: Glyph[]): string {
  if (!glyphs.some((glyph) => glyph.text in COMBINING)) return glyphs.map((glyph) => glyph.text).join('');
  const out: { text: string; glyph: Glyph }[] = [];
  let pending: Glyph | undefined;
  for (const glyph of glyphs) {
    const last = out.at(-1);
    if (glyph.text in COMBINING) {
      const base = out.findLast(({ text }) => text !== ' ');
      if (base !== undefined && isOver(glyph, base.glyph)) {
        while (out.at(-1) !== base) out.pop();
        base.text = accented(base.text, glyph.text);
      } else pending = glyph;
    } else if (pending !== undefined && glyph.text === ' ') {
      if (!isGeneratedBetween(pending, glyph)) out.push({ text: ' ', glyph });
    } else if (pending !== undefined) {
      out.push({
        text: isOver(pending, glyph) ? accented(glyph.text, pending.text) : pending.text + glyph.text,
        glyph,
      });
      pending = undefined;
    } else if (!(glyph.text === ' ' && last?.text === ' ')) out.push({ text: glyph.text, glyph });
  }
  return out.map(({ text }) => text).join('') + (pending?.text ?? '');
}

function isOver(accent: Glyph, letter: Glyph): boolean {
  if (!/\p{L}/u.test(letter.text)) return false;
  const middle = (accent.left + accent.right) / 2;
  return middle > letter.left - 0.05 * letter.size && middle < letter.right + 0.05 * letter.size;
}

function isGeneratedBetween(accent: Glyph, space: Glyph): boolean {
  return space.right - space.left < 0.01 && space.left < accent.right + 0.1 * accent.size;
}

function accented(letter: string, accent: string): string {
  const base = letter === 'ı' ? 'i' : letter;
  return (base + (COMBINING[accent] ?? '')).normalize('NFC');
}
