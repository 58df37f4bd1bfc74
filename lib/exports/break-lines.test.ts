import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines, type Measure } from './break-lines';

/** Every character is as wide as another. */
const measure: Measure = { width: 40, indent: 4, space: 1, widthOf: (text) => text.length };
const WORDS = fc.array(fc.stringMatching(/^[a-zéèœ’]{1,14}[,.]?$/), { maxLength: 120 });

describe('breakLines', () => {
  it('loses no letter and adds only hyphens at line ends', () => {
    fc.assert(
      fc.property(WORDS, (words) => {
        const lines = breakLines(words.join(' '), measure);
        const letters = lines.map(({ words: set }) => set.join('').replace(/-$/, '')).join('');
        expect(letters).toBe(words.join(''));
      }),
    );
  });

  it('keeps every line within the column', () => {
    fc.assert(
      fc.property(WORDS, (words) =>
        breakLines(words.join(' '), measure).every(
          (line, index) => line.width + (line.words.length - 1) * 0.85 <= (index === 0 ? 36 : 40),
        ),
      ),
    );
  });

  it('knows where in the paragraph each line starts', () => {
    const text = 'la maison du crépuscule appartenait quelquefois à la bibliothèque municipale de la montagne';
    const lines = breakLines(text, { ...measure, width: 20 });
    expect(lines.some(({ words }) => words.at(-1)?.endsWith('-'))).toBe(true);
    for (const { start, words } of lines)
      expect(text.slice(start).startsWith(words[0]?.replace(/-$/, '') ?? ' ')).toBe(true);
  });

  it('chops a word that no line can hold', () => {
    const lines = breakLines(`voir ${'w'.repeat(95)} ici`, measure);
    expect(
      lines
        .map(({ words }) => words.join(' '))
        .join('')
        .replaceAll(' ', ''),
    ).toBe(`voir${'w'.repeat(95)}ici`);
    expect(Math.max(...lines.map(({ width }) => width))).toBeLessThanOrEqual(40);
  });

  it('does not choke on a word as long as a novel', () => {
    let measured = 0;
    const widthOf = (text: string) => {
      measured += text.length;
      return text.length;
    };
    breakLines('w'.repeat(100_000), { ...measure, widthOf });
    expect(measured).toBeLessThan(100_000 * 100);
  });

  it('spreads all lines but the last', () => {
    const lines = breakLines('un mot après un autre '.repeat(8), measure);
    expect(lines.map(({ justified }) => justified)).toEqual([...lines.slice(1).map(() => true), false]);
  });
});
