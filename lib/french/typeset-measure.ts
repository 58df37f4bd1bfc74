import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

/** How a novel is set, taken from all of its lines. */
export interface BookMeasure {
  fontSize: number;
  /** From one baseline to the next. */
  pitch: number;
  /** First lines of paragraphs are indented. */
  usesIndent: boolean;
  /** By how much most of them are; 0 where none is. */
  indent: number;
  /** Odd and even pages, and columns, have margins of their own. */
  classes: Map<string, Margins>;
}

export interface Margins {
  left: number;
  right: number;
}

/** Indents of a first line, in ems. */
const MIN_INDENT = 0.7;
const MAX_INDENT = 5;
const INDENT_SHARE = 0.05;
const EDGE_SHARE = 0.1;

export function measureBook(leaves: Leaf[]): BookMeasure {
  const lines = leaves.flatMap((leaf) => leaf.lines);
  const fontSize = mode(
    lines.map((line) => line.fontSize),
    lines.map((line) => line.text.length),
  );
  const body = leaves.map((leaf) => ({ ...leaf, lines: leaf.lines.filter((line) => isBodySize(line, fontSize)) }));
  const pitches = body.flatMap(({ lines: own }) =>
    own.slice(1).map((line, index) => line.bottom - (own[index]?.bottom ?? 0)),
  );
  const pitch = mode(pitches.filter((gap) => gap > 0.8 * fontSize && gap < 3 * fontSize));
  const classes = new Map<string, Margins>();
  for (const [name, group] of Map.groupBy(body, classOf)) {
    const margins = edges(group.flatMap((leaf) => leaf.lines));
    if (margins !== undefined) classes.set(name, margins);
  }
  const measure = { fontSize, pitch: pitch || 1.2 * fontSize, usesIndent: false, indent: 0, classes };
  const shifts = body.map((leaf) => {
    const { left } = marginsOf(leaf, measure);
    return leaf.lines.map((line) => line.left - left);
  });
  const indented = shifts.flat().filter((shift) => isIndent(shift, fontSize)).length;
  // Under a line at the margin a paragraph opens; the lines of a passage set in are under one another.
  const first = shifts.flatMap((own) =>
    own.filter((shift, index) => isIndent(shift, fontSize) && (own[index - 1] ?? 0) < MIN_INDENT * fontSize),
  );
  return { ...measure, usesIndent: indented >= lines.length * INDENT_SHARE, indent: mode(first) };
}

const isBodySize = (line: TextLine, fontSize: number) => Math.abs(line.fontSize - fontSize) < 0.08 * fontSize;

export const isIndent = (shift: number, fontSize: number) =>
  shift > MIN_INDENT * fontSize && shift < MAX_INDENT * fontSize;

/** The text block of one leaf: the book's, unless the leaf lies elsewhere on its page, as scans do. */
export function marginsOf(leaf: Leaf, book: BookMeasure): Margins {
  const known = book.classes.get(classOf(leaf));
  const own = edges(leaf.lines.filter((line) => isBodySize(line, book.fontSize)));
  if (known === undefined || own === undefined) return known ?? own ?? { left: 0, right: Number.POSITIVE_INFINITY };
  const drift = own.left - known.left;
  const isAllIndented = drift > -0.3 * book.fontSize && drift < MAX_INDENT * book.fontSize;
  if (isAllIndented || Math.abs(own.right - known.right) < 1.5 * book.fontSize) return known;
  return { left: own.left, right: Math.max(own.right, own.left + known.right - known.left) };
}

/** Facing pages have margins of their own, and so have columns. */
const classOf = (leaf: Leaf) => `${leaf.page % 2}:${leaf.column}`;

/** The leftmost and rightmost x at which a fair share of lines begin and end. */
function edges(lines: TextLine[]): Margins | undefined {
  if (lines.length === 0) return undefined;
  const lefts = shared(lines.map((line) => Math.round(line.left)));
  const rights = shared(lines.map((line) => Math.round(line.right)));
  const left = lefts.length > 0 ? Math.min(...lefts) : Math.min(...lines.map((line) => line.left));
  const right = rights.length > 0 ? Math.max(...rights) : Math.max(...lines.map((line) => line.right));
  return { left, right };
}

/** The values, each once, that a fair share of all are near to. */
function shared(values: number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const least = Math.max(2, values.length * EDGE_SHARE);
  const countOf = (value: number) => counts.get(value) ?? 0;
  return [...counts.keys()].filter((value) => countOf(value - 1) + countOf(value) + countOf(value + 1) >= least);
}

/** The value, to the nearest half, that carries the most weight, of 1 each unless `weights` says more; 0 for none. */
function mode(values: number[], weights: number[] = []): number {
  const sums = new Map<number, number>();
  for (let index = 0; index < values.length; index += 1) {
    const rounded = Math.round((values[index] ?? 0) * 2) / 2;
    sums.set(rounded, (sums.get(rounded) ?? 0) + (weights[index] ?? 1));
  }
  const heaviest = [...sums].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0]);
  return heaviest[0];
}
