import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

/** A row that may be a running head or a folio: the outermost of its leaf, at the top or at the bottom. */
interface Edge {
  leaf: number;
  lines: TextLine[];
  /** The text without figures and signs; '' for a bare folio. */
  key: string;
  y: number;
  number: number | undefined;
}

const SAME_HEIGHT = 3;
const ROWS_TO_TRY = 3;
const MIN_REPEATS = 3;
const BAND_SHARE = 0.6;

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
  return [{ leaf: index, lines, key: keyOf(text), y: outermost.bottom, number: folioOf(text) }];
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
  const offsets = Map.groupBy(
    edges.filter((edge) => edge.number !== undefined),
    (edge) => (edge.number ?? 0) - edge.leaf,
  );
  const byKey = Map.groupBy(edges, (edge) => edge.key);
  const isCounted = (edge: Edge) =>
    edge.number !== undefined &&
    (offsets.get(edge.number - edge.leaf)?.length ?? 0) >= Math.min(MIN_REPEATS, edges.length);
  const isRepeated = (edge: Edge) =>
    edge.key !== '' && (byKey.get(edge.key) ?? []).filter((other) => near(other, edge)).length >= MIN_REPEATS;
  const isSure = new Set(edges.filter((edge) => isCounted(edge) || isRepeated(edge)));
  return edges.filter((edge) => {
    const band = edges.filter((other) => near(other, edge));
    const sure = band.filter((other) => isSure.has(other)).length;
    const isBand = band.length >= MIN_REPEATS && sure >= band.length * BAND_SHARE;
    // A bare folio that counts along is one wherever it stands (chapter openings set it elsewhere).
    return isBand || (edge.key === '' && isCounted(edge));
  });
}

const near = (a: Edge, b: Edge) => Math.abs(a.y - b.y) < SAME_HEIGHT;
