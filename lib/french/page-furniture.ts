import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

/** A row that may be a running head or a folio: the outermost of its leaf, at the top or at the bottom. */
interface Edge {
  index: number;
  leaf: Leaf;
  side: 'top' | 'bottom';
  lines: TextLine[];
  text: string;
  /** The text without figures and signs; '' for a bare folio. */
  key: string;
  y: number;
  /** The page number that it shows. */
  number: number | undefined;
}

const SAME_HEIGHT = 3;
const ROWS_TO_TRY = 3;
/** A line that comes this often at one height is no coincidence; of two pages, both. */
const enough = (pages: number) => Math.min(3, Math.max(2, pages));
const BAND_SHARE = 0.6;
const IN_TEXT_SHARE = 0.25;
/** Below so many pages nothing has to repeat: title left and chapter right may each come once. */
const FEW_PAGES = 7;

/** The leaves without running heads and folios: rows at one height, at the edge, that repeat or count the pages. */
export function withoutFurniture(leaves: Leaf[]): Leaf[] {
  let result = leaves;
  for (const side of ['top', 'bottom'] as const) {
    for (let row = 0; row < ROWS_TO_TRY; row += 1) {
      const edges = result.flatMap((leaf, index) => edgeOf(leaf, index, side));
      const furniture = new Map(findFurniture(edges).map((edge) => [edge.index, edge]));
      if (furniture.size === 0) break;
      result = result.map((leaf, index) => {
        const edge = furniture.get(index);
        return edge ? { ...leaf, lines: linesWithout(edge) } : leaf;
      });
    }
  }
  // Pages that hold nothing but one repeated line: it is the text.
  return result.some((leaf) => leaf.lines.length > 0) ? result : leaves;
}

function edgeOf(leaf: Leaf, index: number, side: Edge['side']): Edge[] {
  const outermost = side === 'top' ? leaf.lines[0] : leaf.lines.at(-1);
  if (outermost === undefined) return [];
  const lines = rowOf(outermost, leaf.lines, side);
  const text = lines.map((line) => line.text).join(' ');
  return [{ index, leaf, side, lines, text, key: keyOf(text), y: outermost.bottom, number: folioOf(text) }];
}

/** From the edge as far as the lines are level with the outermost. */
function rowOf(outermost: TextLine, lines: TextLine[], side: Edge['side']): TextLine[] {
  const isBeyond = (line: TextLine) => Math.abs(line.bottom - outermost.bottom) >= 0.4 * outermost.fontSize;
  if (side === 'bottom') return lines.slice(lines.findLastIndex(isBeyond) + 1);
  const end = lines.findIndex(isBeyond);
  return end === -1 ? lines : lines.slice(0, end);
}

function linesWithout({ leaf, lines, side }: Edge): TextLine[] {
  return side === 'top' ? leaf.lines.slice(lines.length) : leaf.lines.slice(0, leaf.lines.length - lines.length);
}

/** Further from the next row than lines of text are, or of another size. */
function isApart(edge: Edge): boolean {
  const { size, gap } = settingOf(edge);
  return Math.abs(size - 1) > 0.05 || gap > 1.2;
}

/** Looks like furniture even where there are too few pages to see it repeat. */
function isPlain(edge: Edge): boolean {
  const { size, gap } = settingOf(edge);
  const isBareFolio = edge.key === '' && edge.number !== undefined && size < 1.02;
  const isSmallHead = edge.side === 'top' && edge.key !== '' && size < 0.95 && !/[.!?…]$/u.test(edge.text);
  const isHeadWithFolio =
    edge.lines.length > 1 && edge.lines.some(({ text }) => /^\d{1,4}$/u.test(text)) && size < 1.02;
  return gap > 1.4 && (isBareFolio || isSmallHead || isHeadWithFolio);
}

/** How a row at the edge is set against the rest: its size and its distance, in sizes and distances of the text. */
function settingOf(edge: Edge): { size: number; gap: number } {
  const rest = linesWithout(edge);
  const { lines, side } = edge;
  const [own] = lines;
  const next = side === 'top' ? rest[0] : rest.at(-1);
  if (own === undefined || next === undefined) return { size: 1, gap: 2 };
  const gaps = rest.slice(1).map((line, index) => line.bottom - (rest[index]?.bottom ?? line.bottom));
  const usual = gaps.filter((gap) => gap > 1).sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const gap = usual > 0 ? Math.abs(own.bottom - next.bottom) / usual : 2;
  return { size: own.fontSize / next.fontSize, gap };
}

const keyOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

/** The page number that a row begins or ends with, or consists of: « 12 », « — 12 — », « 12 Titre », « xii ». */
function folioOf(text: string): number | undefined {
  const bare = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const figures = /^(\d{1,4})(?!\S)|(?<!\S)(\d{1,4})$/u.exec(bare);
  if (figures) return Number(figures[1] ?? figures[2]);
  return /^[ivxlc]+$/iu.test(bare) ? romanValue(bare.toLowerCase()) : undefined;
}

function romanValue(roman: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const digits = [...roman].map((letter) => values[letter] ?? 0);
  return digits.reduce((sum, value, index) => sum + (value < (digits[index + 1] ?? 0) ? -value : value), 0);
}

function findFurniture(edges: Edge[]): Edge[] {
  const least = enough(edges.length);
  const offsets = Map.groupBy(
    edges.filter((edge) => edge.number !== undefined),
    (edge) => (edge.number ?? 0) - edge.index,
  );
  const heights = heightsOf(edges);
  const heightsByKey = new Map([...Map.groupBy(edges, ({ key }) => key)].map(([key, same]) => [key, heightsOf(same)]));
  const isCounted = (edge: Edge) =>
    edge.number !== undefined && (offsets.get(edge.number - edge.index)?.length ?? 0) >= least;
  const isRepeated = (edge: Edge) =>
    edge.key !== '' && countNear(heightsByKey.get(edge.key) ?? [], edge.y) >= least && isApart(edge);
  const sureHeights = heightsOf(edges.filter((edge) => isCounted(edge) || isRepeated(edge)));
  const isInText = textBlock(edges);
  return edges.filter((edge) => {
    if (edges.length < FEW_PAGES && isPlain(edge)) return true;
    if (edge.key !== '' && isInText(edge)) return false;
    const band = countNear(heights, edge.y);
    const isBand = band >= least && countNear(sureHeights, edge.y) >= band * BAND_SHARE;
    // A bare folio that counts along is one wherever it stands (chapter openings set it elsewhere).
    return isBand || (edge.key === '' && isCounted(edge));
  });
}

/**
 * Whether a row stands where many leaves have text further out: the number of a chapter, which comes again in each part
 * at the same place, is no running head.
 */
function textBlock(edges: Edge[]): (edge: Edge) => boolean {
  const depths = edges.flatMap((edge) => textDepth(edge) ?? []).sort((a, b) => a - b);
  return (edge) => {
    const depth = edge.side === 'top' ? edge.y : -edge.y;
    const further = firstIndex(depths, (other) => other >= depth - SAME_HEIGHT);
    return further > depths.length * IN_TEXT_SHARE;
  };
}

/** How far in text begins at the latest: at the row behind those that may be furniture. */
function textDepth({ leaf, side }: Edge): number | undefined {
  const heights = [...new Set(leaf.lines.map(({ bottom }) => Math.round(side === 'top' ? bottom : -bottom)))];
  return heights.sort((a, b) => a - b)[ROWS_TO_TRY - 1];
}

const heightsOf = (edges: Edge[]) => edges.map(({ y }) => y).sort((a, b) => a - b);

/** How many of the sorted heights are as good as `y`. */
const countNear = (sorted: number[], y: number) =>
  firstIndex(sorted, (height) => height >= y + SAME_HEIGHT) - firstIndex(sorted, (height) => height > y - SAME_HEIGHT);

/** Where the sorted heights begin to be beyond a border. */
function firstIndex(sorted: number[], isBeyond: (height: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
