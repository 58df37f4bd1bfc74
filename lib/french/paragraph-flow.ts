import { isBareDivision } from './chapter-titles';
import { findHeadings } from './find-headings';
import { findVerse } from './find-verse';
import type { Paragraph, TextKind, TextLine } from './novel-text';
import type { Leaf } from './page-leaves';
import { OPENS_DIALOGUE, type Placed, startsParagraph } from './paragraph-starts';
import { setInEdges } from './set-in';
import { type BookMeasure, marginsOf } from './typeset-measure';

export interface Draft {
  kind: TextKind;
  lines: (Placed & { page: number })[];
  /** Of the pages that end with it. */
  notes: Paragraph[];
}

/** What has been read so far. */
export interface Flow {
  drafts: Draft[];
  /** A pause came last, so that the next line opens a paragraph. */
  isBroken: boolean;
}

/** What a line is, as far as it and its neighbours tell. */
interface Role {
  isHeading: boolean;
  /** A paragraph of its own, so that it stays a line. */
  isVerse: boolean;
  isSameLeaf: boolean;
}

/** A row of stars or dots between two scenes. */
const PAUSE = /^[\s*·•⁂∗✻❦~_=+.—–-]+$/u;

/** Goes through the lines of a leaf and puts each to the paragraph that it belongs to. */
export function addLines(flow: Flow, leaf: Leaf, book: BookMeasure) {
  const margins = marginsOf(leaf, book);
  const headings = findHeadings(leaf, book, margins);
  const verse = findVerse(leaf.lines, book, margins);
  const edges = setInEdges(leaf.lines, book, margins);
  for (const [index, line] of leaf.lines.entries()) {
    const isHeading = headings.has(line);
    const role = { isHeading, isVerse: !isHeading && verse.has(line), isSameLeaf: index > 0 };
    if (PAUSE.test(line.text)) flow.isBroken = true;
    else addLine(flow, { line, page: leaf.page, margins, setIn: edges.get(line) }, role, book);
  }
}

function addLine(flow: Flow, placed: Placed & { page: number }, role: Role, book: BookMeasure) {
  const draft = flow.drafts.at(-1);
  if (draft && continues(flow, draft, placed, role, book)) draft.lines.push(placed);
  else flow.drafts.push({ kind: kindOf(placed.line, role), lines: [placed], notes: [] });
  if (!role.isHeading) flow.isBroken = false;
}

function kindOf({ text }: TextLine, { isHeading, isVerse }: Role): TextKind {
  if (isHeading) return 'heading';
  if (isVerse) return 'verse';
  return OPENS_DIALOGUE.test(text) ? 'dialogue' : 'narration';
}

/** Whether a line belongs to the paragraph that was read last. */
function continues(flow: Flow, { kind, lines }: Draft, placed: Placed, role: Role, book: BookMeasure): boolean {
  const last = lines.at(-1);
  if (last === undefined) return false;
  if (role.isHeading) return kind === 'heading' && role.isSameLeaf && continuesHeading(last.line, placed.line);
  if (flow.isBroken || role.isVerse || kind === 'heading' || kind === 'verse') return false;
  return !startsParagraph(last, placed, book, role.isSameLeaf);
}

function continuesHeading(above: TextLine, below: TextLine): boolean {
  const isSameSize = Math.abs(above.fontSize - below.fontSize) < 0.5;
  return isSameSize && below.bottom - above.bottom < 1.6 * below.fontSize && !isBareDivision(above.text);
}
