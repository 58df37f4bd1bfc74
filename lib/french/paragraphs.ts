import { isBareDivision, isDivision } from './chapter-titles';
import { withDropCapsJoined } from './drop-caps';
import { findHeadings } from './find-headings';
import { splitNotes } from './foot-notes';
import { gatherHyphenEvidence, type HyphenEvidence, joinLines } from './line-end-hyphens';
import type { Paragraph, TextKind, TextLine, TextPage } from './novel-text';
import { withoutFurniture } from './page-furniture';
import { type Leaf, toColumns, toLeaves } from './page-leaves';
import { endsEarly, OPENS_DIALOGUE, type Placed, startsParagraph } from './paragraph-starts';
import { type BookMeasure, marginsOf, measureBook } from './typeset-measure';
import { frenchTypography, withDialogueDash } from './typography';

interface Draft {
  kind: TextKind;
  lines: (Placed & { page: number })[];
  /** Of the pages that end with it. */
  notes: Paragraph[];
}

/** What has been read so far. */
interface Flow {
  drafts: Draft[];
  /** A pause came last, so that the next line opens a paragraph. */
  isBroken: boolean;
}

interface Options {
  fixHyphenation: boolean;
}

/**
 * The author's paragraphs in reading order. Running heads, folios and the title page are left out; each foot note
 * stands as a paragraph of its own behind the one that its page ends with.
 */
export function toParagraphs(pages: TextPage[], options: Options): Paragraph[] {
  // A novel that is wholly in another language is read all the same; a foreign page in a French one is not its text.
  const kind = pages.some((page) => page.kind === 'text') ? 'text' : 'foreign';
  const leaves = withoutFurniture(toLeaves(pages.filter((page) => page.kind === kind)));
  const columns = toColumns(leaves).filter((leaf) => leaf.lines.length > 0);
  const book = measureBook(columns);
  const evidence = gatherHyphenEvidence(columns.flatMap((leaf) => leaf.lines));
  const join = (lines: Draft['lines']) => joinParagraph(lines, options.fixHyphenation ? evidence : undefined);
  const flow: Flow = { drafts: [], isBroken: false };
  let noteRunsOn = false;
  for (const column of columns) {
    const { body, notes } = splitNotes(column, book.fontSize, noteRunsOn);
    addLines(flow, withDropCapsJoined(body, book.fontSize), book);
    const joined = notes.map((note) => noteParagraph(note, column, join));
    flow.drafts.at(-1)?.notes.push(...joined);
    noteRunsOn = joined.length > 0 && !/[.!?…»]$/u.test(joined.at(-1)?.text ?? '');
  }
  return withoutTitlePages(flow.drafts).flatMap((draft) => [
    { kind: kindOf(draft, book), ...join(draft.lines) },
    ...draft.notes,
  ]);
}

/** Verse: every line begins with a capital, though there was room on the line before. */
function kindOf({ kind, lines }: Draft, book: BookMeasure): TextKind {
  const isVerse = lines.every(({ line }, index) => {
    const before = lines[index - 1];
    return /^[«“—–]?\s*\p{Lu}/u.test(line.text) && (before === undefined || endsEarly(before, line, book));
  });
  return kind !== 'heading' && lines.length > 1 && isVerse ? 'verse' : kind;
}

/** A row of stars or dots between two scenes. */
const PAUSE = /^[\s*·•⁂∗✻❦~_=+.—–-]+$/u;

/** Goes through the lines of a leaf and puts each to the paragraph that it belongs to. */
function addLines(flow: Flow, leaf: Leaf, book: BookMeasure) {
  const { drafts } = flow;
  const margins = marginsOf(leaf, book);
  const headings = findHeadings(leaf, book, margins);
  let isSameLeaf = false;
  for (const line of leaf.lines) {
    const placed = { line, page: leaf.page, margins };
    const draft = drafts.at(-1);
    const last = draft?.lines.at(-1);
    if (PAUSE.test(line.text)) {
      flow.isBroken = true;
    } else if (headings.has(line)) {
      if (draft?.kind === 'heading' && last && isSameLeaf && continuesHeading(last.line, line))
        draft.lines.push(placed);
      else drafts.push({ kind: 'heading', lines: [placed], notes: [] });
    } else if (
      !draft ||
      !last ||
      flow.isBroken ||
      draft.kind === 'heading' ||
      startsParagraph(last, placed, book, isSameLeaf)
    ) {
      const kind = OPENS_DIALOGUE.test(line.text) ? 'dialogue' : 'narration';
      drafts.push({ kind, lines: [placed], notes: [] });
      flow.isBroken = false;
    } else draft.lines.push(placed);
    isSameLeaf = true;
  }
}

function continuesHeading(above: TextLine, below: TextLine): boolean {
  const isSameSize = Math.abs(above.fontSize - below.fontSize) < 0.5;
  return isSameSize && below.bottom - above.bottom < 1.6 * below.fontSize && !isBareDivision(above.text);
}

/** `evidence` undefined: hyphens stay as they are printed. */
function joinParagraph(lines: Draft['lines'], evidence: HyphenEvidence | undefined): Omit<Paragraph, 'kind'> {
  const [first] = lines;
  const pageStart = first?.page ?? 0;
  let page = pageStart;
  let text = '';
  const pageTurns: Paragraph['pageTurns'] = [];
  for (const { line, page: linePage } of lines) {
    const next = frenchTypography(line.text);
    const joined = text === '' ? { text: withDialogueDash(next), offset: 0 } : joinLines(text, next, evidence);
    text = joined.text;
    if (linePage !== page) pageTurns.push({ offset: joined.offset, page: linePage });
    page = linePage;
  }
  return { text: text.replaceAll('\u00ad', '').replaceAll('\u2010', '-'), pageStart, pageTurns };
}

function noteParagraph(
  note: string[],
  leaf: Leaf,
  join: (lines: Draft['lines']) => Omit<Paragraph, 'kind'>,
): Paragraph {
  const place = { left: 0, top: 0, right: 0, bottom: 0, fontSize: 0 };
  const lines = note.map((text) => ({ line: { ...place, text }, page: leaf.page, margins: { left: 0, right: 0 } }));
  return { kind: 'note', ...join(lines) };
}

const TITLE_PAGES_WITHIN = 4;
const TITLE_WORDS = 40;

/** Leaves out the first pages as long as they hold a few words of display and no chapter's beginning. */
function withoutTitlePages(drafts: Draft[]): Draft[] {
  const byPage = Map.groupBy(drafts, (draft) => draft.lines[0]?.page ?? 0);
  const dropped = new Set<number>();
  for (const [page, own] of byPage) {
    const text = own.flatMap((draft) => draft.lines.map(({ line }) => line.text));
    const isTitle = page <= TITLE_PAGES_WITHIN && own.some((draft) => draft.kind === 'heading');
    const isShort = text.join(' ').split(' ').length <= TITLE_WORDS && !text.some((line) => /[.!?]$/u.test(line));
    if (!isTitle || !isShort || text.some(isDivision)) break;
    dropped.add(page);
  }
  if (dropped.size === byPage.size) return drafts;
  return drafts.filter((draft) => !dropped.has(draft.lines[0]?.page ?? 0));
}
