import type { TextLine, TextPage } from './novel-text';

/** A stretch of lines that are read from top to bottom: a page, one half of a two-up sheet, or a column. */
export interface Leaf {
  /** The PDF page that it is on. */
  page: number;
  /** 0 for the left or only one. */
  column: number;
  lines: TextLine[];
}

const TWO_UP_RATIO = 1.15;
const MIN_LINES = 8;
/** Headings may span the columns. */
const MAX_CROSSING = 0.3;

/**
 * One leaf for an upright page, two for a landscape sheet that shows two. Lines from top to bottom, left to right.
 * Where one half of a sheet holds little, the other sheets tell where to part it.
 */
export function toLeaves(pages: TextPage[]): Leaf[] {
  const leaves = pages.map((page) => ({ page: page.number, column: 0, lines: toRows(page.lines) }));
  const sheets = leaves.filter((_, index) => isLandscape(pages[index]));
  const gutters = guttersOf(sheets, () => 0);
  return leaves.flatMap((leaf) => {
    const gutter = gutters.get(leaf);
    if (gutter === undefined) return [leaf];
    return halves(leaf.lines, gutter).map((half, column) => ({ page: leaf.page, column, lines: half }));
  });
}

const isLandscape = (page: TextPage | undefined) => page !== undefined && page.width >= page.height * TWO_UP_RATIO;

/** The columns of all leaves in reading order; what spans them (a heading) stands between. */
export function toColumns(leaves: Leaf[]): Leaf[] {
  const gutters = guttersOf(leaves, ({ page, column }) => (page % 2) + 2 * column);
  return leaves.flatMap((leaf) => columnsOf(leaf, gutters.get(leaf)));
}

function columnsOf(leaf: Leaf, gutter: number | undefined): Leaf[] {
  if (gutter === undefined) return [leaf];
  const columns: Leaf[] = [];
  let band: TextLine[] = [];
  const flush = () => {
    for (const [side, lines] of halves(band, gutter).entries()) {
      columns.push({ page: leaf.page, column: leaf.column * 2 + side, lines });
    }
    band = [];
  };
  for (const line of leaf.lines) {
    if (crosses(line, gutter)) {
      flush();
      columns.push({ ...leaf, lines: [line] });
    } else band.push(line);
  }
  flush();
  return columns.filter(({ lines }) => lines.length > 0);
}

/** Where each leaf is to be parted: at its own gutter, or at that of most leaves of its class. */
function guttersOf(leaves: Leaf[], classOf: (leaf: Leaf) => number): Map<Leaf, number> {
  const gutters = new Map<Leaf, number>();
  for (const own of Map.groupBy(leaves, classOf).values()) {
    const found = own.map(({ lines }) => findGutter(lines));
    const known = found.filter((gutter) => gutter !== undefined).sort((a, b) => a - b);
    const common = known.length * 2 > own.length ? known[Math.floor(known.length / 2)] : undefined;
    for (const [index, leaf] of own.entries()) {
      const gutter = found[index] ?? (common !== undefined && keepsClear(leaf, common) ? common : undefined);
      if (gutter !== undefined) gutters.set(leaf, gutter);
    }
  }
  return gutters;
}

const keepsClear = ({ lines }: Leaf, gutter: number) =>
  lines.filter((line) => crosses(line, gutter)).length <= lines.length * MAX_CROSSING;

/** Sorted by baseline; pieces on one baseline from left to right, put together when they touch. */
function toRows(lines: TextLine[]): TextLine[] {
  const sorted = lines.toSorted((a, b) => a.bottom - b.bottom);
  const rows: TextLine[][] = [];
  for (const line of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && line.bottom - first.bottom < 0.3 * Math.min(first.fontSize, line.fontSize)) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => (row.length === 1 ? row : mergeTouching(row.toSorted((a, b) => a.left - b.left))));
}

function mergeTouching(row: TextLine[]): TextLine[] {
  const merged: TextLine[] = [];
  for (const line of row) {
    const last = merged.at(-1);
    const gap = last === undefined ? Number.POSITIVE_INFINITY : line.left - last.right;
    if (last === undefined || gap > 0.9 * line.fontSize || gap < -0.5 * line.fontSize) merged.push(line);
    else {
      const space = gap > 0.12 * line.fontSize ? ' ' : '';
      const isLonger = line.text.length > last.text.length;
      merged[merged.length - 1] = {
        ...(isLonger ? line : last),
        text: last.text + space + line.text,
        left: last.left,
        right: line.right,
      };
    }
  }
  return merged;
}

/** The x of an empty strip that most lines keep clear of, with lines side by side on both sides of it. */
function findGutter(lines: TextLine[]): number | undefined {
  if (lines.length < MIN_LINES) return undefined;
  const left = Math.min(...lines.map((line) => line.left));
  const right = Math.max(...lines.map((line) => line.right));
  const width = right - left;
  const free: number[] = [];
  for (let x = left + width * 0.3; x <= left + width * 0.7; x += width / 200) if (isGutter(lines, x)) free.push(x);
  return free.length < 2 ? undefined : free[Math.floor(free.length / 2)];
}

function isGutter(lines: TextLine[], x: number): boolean {
  const mayCross = lines.length * 0.08;
  let crossing = 0;
  // Ends early: on most pages the first lines cross every x.
  for (const line of lines) {
    if (crosses(line, x)) crossing += 1;
    if (crossing > mayCross) return false;
  }
  const [before, after] = halves(lines, x);
  if (Math.min(before.length, after.length) < lines.length * 0.2) return false;
  const isBeside = (line: TextLine) => before.some((other) => other.top < line.bottom && other.bottom > line.top);
  return after.filter(isBeside).length > after.length * 0.5;
}

const crosses = (line: TextLine, x: number) => line.left < x && line.right > x;

function halves(lines: TextLine[], x: number): [TextLine[], TextLine[]] {
  return [lines.filter((line) => line.right <= x), lines.filter((line) => line.left >= x)];
}
