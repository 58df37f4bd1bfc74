import { describe, expect, it } from 'vitest';
import { toLines } from './glyph-lines';
import type { Glyph } from './read-glyphs';

const SIZE = 10;
const WIDTH = 5;

/** One glyph after the other, each half an em wide; a space is what pdfium puts in: without a width. */
function set(text: string, { x = 0, y = 100, size = SIZE, gap = 0, space = 2.5 } = {}): Glyph[] {
  let left = x;
  return [...text].map((letter) => {
    const width = letter === ' ' ? 0 : (WIDTH * size) / SIZE;
    const glyph = { text: letter, left, right: left + width, baseline: y, size };
    left += letter === ' ' ? space : width + gap;
    return glyph;
  });
}

const texts = (glyphs: Glyph[]) => toLines(glyphs).map(({ text }) => text);

describe('toLines', () => {
  it('begins a line where the baseline changes or the pen goes back', () => {
    expect(texts([...set('la mer'), ...set('le phare', { y: 112 })])).toEqual(['la mer', 'le phare']);
    expect(texts([...set('gauche', { x: 200 }), ...set('droite', { x: 0 })])).toEqual(['gauche', 'droite']);
  });

  it('measures a line from its baseline and its most frequent size', () => {
    const [line] = toLines([...set('M'), ...set('me', { x: 5, y: 97, size: 7 }), ...set(' Aubain', { x: 12 })]);
    expect(line).toMatchObject({ text: 'Mme Aubain', fontSize: SIZE, top: 92, bottom: 102, left: 0 });
  });

  it('puts a space where there is a gap and none where there is not', () => {
    const missed = [...set('vers'), ...set('minuit', { x: 22 })];
    expect(texts(missed)).toEqual(['vers minuit']);
    expect(texts(set('f âché', { space: 1 }))).toEqual(['fâché']);
  });

  it('reads letter-spaced words as words', () => {
    expect(texts(set('PHARE', { gap: 4 }))).toEqual(['PHARE']);
    expect(texts(set('s e p t', { space: 4 }))).toEqual(['sept']);
    const apart = [...set('L E ', { space: 4 }), ...set('P H A R E', { x: 25, space: 4 })];
    expect(texts(apart)).toEqual(['LE PHARE']);
    expect(texts(set('À y a', { space: 4 }))).toEqual(['À y a']);
  });

  it('reads small capitals as words, though they are given the widths of small letters', () => {
    const small = [
      ...set('e r s ', { x: 6.5, size: 7, space: 2 }),
      ...set('m i n u i t', { x: 27, size: 7, space: 2 }),
    ];
    expect(texts([...set('V ', { size: 11, space: 2 }), ...small])).toEqual(['Vers minuit']);
  });

  it('takes no gap behind a ligature for a space, whose letters may all stand where it begins', () => {
    const ligature = [...set('f', { x: 0 }), ...set('i', { x: 0 })];
    expect(texts([...ligature, ...set('le', { x: 10 })])).toEqual(['file']);
    const wide = ligature.map((glyph) => ({ ...glyph, right: 10 }));
    expect(texts([...wide, ...set('le', { x: 10 })])).toEqual(['file']);
    expect(texts([...wide, ...set('le', { x: 13 })])).toEqual(['fi le']);
  });

  it('puts an accent drawn apart over its letter, before or after it in order', () => {
    const word = set('etE');
    const acute = (x: number, y = 100) => set('´', { x, y });
    expect(texts([...acute(0), ...word, ...acute(10, 97.5)])).toEqual(['étÉ']);
    expect(texts([...set('ile'), ...set('ˆ', { x: 0 })])).toEqual(['île']);
    expect(texts(set('a ^ b'))).toEqual(['a ^ b']);
  });

  it('leaves out the figures that call a note, not those of the text', () => {
    const call = set('2', { x: 20, y: 96.5, size: 6 });
    expect(texts([...set('coffre'.slice(0, 4)), ...call])).toEqual(['coff']);
    expect(texts(set('en 1880'))).toEqual(['en 1880']);
  });

  it('gives ligatures and the long s as plain letters, composed', () => {
    expect(texts(set('ﬁn oﬃce ſoir'))).toEqual(['fin office soir']);
    expect(texts(set('e\u0301te\u0301'))).toEqual(['été']);
  });
});
