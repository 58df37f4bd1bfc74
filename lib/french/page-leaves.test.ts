import { describe, expect, it } from 'vitest';
import type { TextLine, TextPage } from './novel-text';
import { toColumns, toLeaves } from './page-leaves';

const line = (text: string, left: number, right: number, row: number): TextLine => ({
  text,
  left,
  right,
  top: row * 12,
  bottom: row * 12 + 10,
  fontSize: 10,
});

/** Six rows of two lines side by side, as a page may draw them: across. */
const across = (from = 1) =>
  Array.from({ length: 6 }, (_, index) => [
    line(`l${index}`, 50, 240, index + from),
    line(`r${index}`, 260, 450, index + from),
  ]).flat();

const page = (lines: TextLine[], width: number, height: number): TextPage => ({
  number: 4,
  width,
  height,
  kind: 'text',
  lines,
});
const columnTexts = (lines: TextLine[]) =>
  toColumns(toLeaves([page(lines, 500, 700)])).map((leaf) => leaf.lines.map(({ text }) => text).join(' '));

describe('toLeaves', () => {
  it('sorts the lines from top to bottom and puts the pieces of a row together', () => {
    const lines = [line('fin', 50, 70, 3), line('mer', 76, 96, 1), line('La', 50, 73, 1), line('montait', 50, 90, 2)];
    const [leaf] = toLeaves([page(lines, 500, 700)]);
    expect(leaf?.lines.map(({ text }) => text)).toEqual(['La mer', 'montait', 'fin']);
  });

  it('takes a landscape sheet with two blocks for two pages, the left one first', () => {
    const leaves = toLeaves([page(across(), 500, 350)]);
    expect(leaves.map(({ column, lines }) => [column, lines[0]?.text, lines.length])).toEqual([
      [0, 'l0', 6],
      [1, 'r0', 6],
    ]);
  });

  it('parts a sheet whose one half holds little where the others are parted', () => {
    const little = [line('l0', 50, 240, 1), ...across().filter(({ text }) => text.startsWith('r'))];
    const sheets = [across(), little, across()].map((lines) => page(lines, 500, 350));
    expect(toLeaves(sheets).map(({ lines }) => lines.length)).toEqual([6, 6, 1, 6, 6, 6]);
  });

  it('leaves a landscape page of one block whole', () => {
    const lines = across().map((one) => ({ ...one, left: 50, right: 450 }));
    expect(toLeaves([page(lines, 500, 350)])).toHaveLength(1);
  });
});

describe('toColumns', () => {
  it('reads one column to its end before the next', () => {
    expect(columnTexts(across())).toEqual(['l0 l1 l2 l3 l4 l5', 'r0 r1 r2 r3 r4 r5']);
  });

  it('reads both columns above a heading before it, and those below after it', () => {
    const heading = line('CHAPITRE II', 150, 350, 8);
    expect(columnTexts([...across(), heading, ...across(10)])).toEqual([
      'l0 l1 l2 l3 l4 l5',
      'r0 r1 r2 r3 r4 r5',
      'CHAPITRE II',
      'l0 l1 l2 l3 l4 l5',
      'r0 r1 r2 r3 r4 r5',
    ]);
  });

  it('reads a column that holds little behind the other, as on the other pages', () => {
    const last = across().filter(({ text }) => text.startsWith('l') || text === 'r0');
    const leaves = toLeaves([across(), last, across()].map((lines) => page(lines, 500, 700)));
    expect(toColumns(leaves).map(({ lines }) => lines.length)).toEqual([6, 6, 6, 1, 6, 6]);
  });

  it('does not part a page of one column in between', () => {
    const single = across().map((one) => ({ ...one, left: 50, right: 450 }));
    const leaves = toLeaves([across(), single, across()].map((lines) => page(lines, 500, 700)));
    expect(toColumns(leaves)).toHaveLength(5);
  });

  it('does not take short lines of dialogue for a column', () => {
    const lines = Array.from({ length: 12 }, (_, index) => line(`d${index}`, 62, index % 3 ? 180 : 450, index + 1));
    expect(columnTexts(lines)).toHaveLength(1);
  });
});
