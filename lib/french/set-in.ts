import type { TextLine } from './novel-text';
import { type BookMeasure, isIndent, type Margins } from './typeset-measure';

/** In ems: how far lines that share a margin may differ, and how far from a paragraph's indent it must be. */
const SAME = 0.15;
const MIN_SHIFT = 0.7;
const MAX_FIRST = 5;

/**
 * The right edge of each line of a passage set in, as letters, epigraphs and verse are: lines one under the other that
 * share a margin which is not the one of first lines.
 */
export function setInEdges(lines: TextLine[], book: BookMeasure, margins: Margins): Map<TextLine, number> {
  const edges = new Map<TextLine, number>();
  let passage: TextLine[] = [];
  const flush = () => {
    const edge = edgeOf(passage, book.fontSize);
    if (edge !== undefined) for (const line of passage) edges.set(line, edge);
    passage = [];
  };
  for (const line of lines) {
    const shift = line.left - margins.left;
    if (shift < MIN_SHIFT * book.fontSize || isFirstLine(shift, book)) flush();
    else passage.push(line);
  }
  flush();
  return edges;
}

const isFirstLine = (shift: number, { indent, fontSize }: BookMeasure) =>
  isIndent(shift, fontSize) && Math.abs(shift - indent) < SAME * fontSize;

/** Undefined where no two lines share the margin. What begins far from it (a signature) does not tell the edge. */
function edgeOf(passage: TextLine[], em: number): number | undefined {
  const lefts = passage.map(({ left }) => left).sort((a, b) => a - b);
  const margin = lefts.find((left, index) => (lefts[index + 1] ?? Number.POSITIVE_INFINITY) - left < SAME * em);
  if (margin === undefined) return undefined;
  const own = passage.filter(({ left }) => left - margin < MAX_FIRST * em);
  return Math.max(...own.map(({ right }) => right));
}
