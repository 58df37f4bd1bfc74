import { isDivision } from './chapter-titles';
import { withDropCapsJoined } from './drop-caps';
import { splitNotes } from './foot-notes';
import { gatherHyphenEvidence, type HyphenEvidence, joinLines } from './line-end-hyphens';
import type { Paragraph, TextPage } from './novel-text';
import { withoutFurniture } from './page-furniture';
import { type Leaf, toColumns, toLeaves } from './page-leaves';
import { addLines, type Draft, type Flow } from './paragraph-flow';
import { measureBook } from './typeset-measure';
import { frenchTypography, withDialogueDash } from './typography';

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
    { kind: draft.kind, ...join(draft.lines) },
    ...draft.notes,
  ]);
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
