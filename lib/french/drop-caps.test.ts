import { describe, expect, it } from 'vitest';
import { withDropCapsJoined } from './drop-caps';
import type { TextLine } from './novel-text';

const line = (text: string, left: number, top: number, fontSize = 10): TextLine => {
  return { text, left, right: left + text.length * 0.5 * fontSize, top, bottom: top + fontSize, fontSize };
};

const join = (...lines: TextLine[]) => withDropCapsJoined({ page: 1, column: 0, lines }, 10).lines;

describe('withDropCapsJoined', () => {
  it('gives the initial to the first line beside it, and the others their margin', () => {
    const lines = join(
      line('L', 50, 100, 32),
      line('e premier soir, la mer', 72, 101),
      line('resta calme et le phare', 72, 114),
      line('brilla jusqu’au matin.', 50, 140),
    );
    expect(lines.map(({ text, left }) => [text, left])).toEqual([
      ['Le premier soir, la mer', 50],
      ['resta calme et le phare', 50],
      ['brilla jusqu’au matin.', 50],
    ]);
  });

  it('does so too where the first line runs under the initial', () => {
    const lines = join(line('U', 50, 100, 32), line('ne barque passa', 50, 101), line('au large', 72, 114));
    expect(lines.map(({ text, left }) => [text, left])).toEqual([
      ['Une barque passa', 50],
      ['au large', 50],
    ]);
  });

  it('does not give it to the title close above', () => {
    const lines = join(
      line('Où l’on rentre au port', 60, 88),
      line('L', 50, 98, 32),
      line('e soir, la mer', 72, 101),
      line('était calme.', 72, 114),
    );
    expect(lines.map(({ text }) => text)).toEqual(['Où l’on rentre au port', 'Le soir, la mer', 'était calme.']);
  });

  it('keeps an elision and a guillemet with the initial', () => {
    expect(join(line('« L’', 50, 100, 32), line('été finit', 96, 101))[0]?.text).toBe('« L’été finit');
  });

  it('leaves a word of one letter apart', () => {
    const first = (initial: string, rest: string) => join(line(initial, 50, 100, 32), line(rest, 72, 101))[0]?.text;
    expect(first('À', 'minuit, il dormait')).toBe('À minuit, il dormait');
    expect(first('A', 'minuit, il dormait')).toBe('A minuit, il dormait');
    expect(first('A', 'lors il dormait')).toBe('Alors il dormait');
    expect(first('« Y', 'eux clos, il dormait')).toBe('« Yeux clos, il dormait');
  });

  it('leaves a large word, and a number over a chapter, alone', () => {
    const title = [line('PHARE', 50, 40, 32), line('La mer', 50, 101)];
    expect(join(...title)).toEqual(title);
    const chapter = [line('I', 150, 40, 16), line('La mer montait encore', 50, 101)];
    expect(join(...chapter)).toEqual(chapter);
  });
});
