import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

/** A row that may be a running head or a folio: the outermost of its leaf, at the top or at the bottom. */
interface Edge {
  leaf: number;
  lines: TextLine[];
  /** The text without figures and signs; '' for a bare folio. */
  key: string;
  y: number;
  /** The page number that it shows. */
  number: number | undefined;
  /** Further from the next row than lines of text are, or of another size; looked at for few edges only. */
  isApart(): boolean;
  /** Looks like furniture even where there are too few pages to see it repeat. */
  isPlain(): boolean;
}

const SAME_HEIGHT = 3;
const ROWS_TO_TRY = 3;
/** A line that comes this often at one height is no coincidence; of two pages, both. */
const enough = (pages: number) => Math.min(3, Math.max(2, pages));
const BAND_SHARE = 0.6;
/** Below so many pages nothing has to repeat: title left and chapter right may each come once. */
const FEW_PAGES = 7;

/** The leaves without running heads and folios: rows at one height, at the edge, that repeat or count the pages. */
export function withoutFurniture(leaves: Leaf[]): Leaf[] {
  let result = leaves;
  for (const side of ['top', 'bottom'] as const) {
    for (let row = 0; row < ROWS_TO_TRY; row += 1) {
      const edges = result.flatMap((leaf, index) => edgeOf(leaf, index, side));
      const furniture = new Set(findFurniture(edges).flatMap((edge) => edge.lines));
      if (furniture.size === 0) break;
      result = result.map((leaf) => ({ ...leaf, lines: leaf.lines.filter((line) => !furniture.has(line)) }));
    }
  }
  // Pages that hold nothing but one repeated line: it is the text.
  return result.some((leaf) => leaf.lines.length > 0) ? result : leaves;
}

function edgeOf(leaf: Leaf, index: number, side: 'top' | 'bottom'): Edge[] {
  const outermost = side === 'top' ? leaf.lines[0] : leaf.lines.at(-1);
  if (outermost === undefined) return [];
  const lines = leaf.lines.filter((line) => Math.abs(line.bottom - outermost.bottom) < 0.4 * outermost.fontSize);
  const text = lines.map((line) => line.text).join(' ');
  const edge = { leaf: index, lines, key: keyOf(text), y: outermost.bottom, number: folioOf(text) };
  const isApart = () => {
    const { size, gap } = settingOf(leaf, lines, side);
    return Math.abs(size - 1) > 0.05 || gap > 1.2;
  };
  const isPlain = () => {
    const { size, gap } = settingOf(leaf, lines, side);
    const isBareFolio = edge.key === '' && edge.number !== undefined && size < 1.02;
    const isSmallHead = side === 'top' && edge.key !== '' && size < 0.95 && !/[.!?…]$/u.test(text);
    return gap > 1.4 && (isBareFolio || isSmallHead);
  };
  return [{ ...edge, isApart, isPlain }];
}

/** How a row at the edge is set against the rest: its size and its distance, in sizes and distances of the text. */
function settingOf(leaf: Leaf, row: TextLine[], side: 'top' | 'bottom'): { size: number; gap: number } {
  const rest = leaf.lines.filter((line) => !row.includes(line));
  const [own] = row;
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
    (edge) => (edge.number ?? 0) - edge.leaf,
  );
  const heights = heightsOf(edges);
  const heightsByKey = new Map([...Map.groupBy(edges, ({ key }) => key)].map(([key, same]) => [key, heightsOf(same)]));
  const isCounted = (edge: Edge) =>
    edge.number !== undefined && (offsets.get(edge.number - edge.leaf)?.length ?? 0) >= least;
  const isRepeated = ({ key, isApart, y }: Edge) =>
    key !== '' && countNear(heightsByKey.get(key) ?? [], y) >= least && isApart();
  const sureHeights = heightsOf(edges.filter((edge) => isCounted(edge) || isRepeated(edge)));
  return edges.filter((edge) => {
    if (edges.length < FEW_PAGES && edge.isPlain()) return true;
    const band = countNear(heights, edge.y);
    const isBand = band >= least && countNear(sureHeights, edge.y) >= band * BAND_SHARE;
    // A bare folio that counts along is one wherever it stands (chapter openings set it elsewhere).
    return isBand || (edge.key === '' && isCounted(edge));
  });
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
