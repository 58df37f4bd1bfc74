import { withoutContents } from './contents-pages';
import { withDropCapsJoined } from './drop-caps';
import { withEndNotes } from './end-notes';
import { splitNotes } from './foot-notes';
import { withoutFrontMatter } from './front-matter';
import { gatherHyphenEvidence, type HyphenEvidence, joinLines } from './line-end-hyphens';
import type { Paragraph, TextPage } from './novel-text';
import { withoutFurniture } from './page-furniture';
import { type Leaf, toColumns, toLeaves } from './page-leaves';
import { addLines, type Draft, type Flow } from './paragraph-flow';
import { measureBook } from './typeset-measure';
import { frenchTypography, withDialogueDash } from './typography';

const SHORT_SHARE = 0.4;

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
  const leaves = withoutContents(withoutFurniture(toLeaves(pages.filter((page) => page.kind === kind))));
  const columns = toColumns(leaves).filter((leaf) => leaf.lines.length > 0);
  const book = measureBook(columns);
  const evidence = gatherHyphenEvidence(columns.flatMap((leaf) => leaf.lines));
  const join = (lines: Draft['lines']) => joinParagraph(lines, options.fixHyphenation ? evidence : undefined);
  const flow: Flow = { drafts: [], isBroken: false };
  const breaks = shortPages(columns);
  let noteRunsOn = false;
  for (const [index, column] of columns.entries()) {
    const before = columns[index - 1];
    if (before && before.page !== column.page && breaks.has(before.page) && !runsOn(before, column))
      flow.isBroken = true;
    const { body, notes } = splitNotes(column, book.fontSize, noteRunsOn);
    addLines(flow, withDropCapsJoined(body, book.fontSize), book);
    const joined = notes.map((note) => noteParagraph(note, column, join));
    flow.drafts.at(-1)?.notes.push(...joined);
    noteRunsOn = joined.length > 0 && !/[.!?…»]$/u.test(joined.at(-1)?.text ?? '');
  }
  return withoutFrontMatter(withEndNotes(flow.drafts, book.fontSize)).flatMap((draft) => [
    { kind: draft.kind, ...join(draft.lines) },
    ...draft.notes,
  ]);
}

/** Pages that hold much less than most: a title, a dedication, the end of a chapter. Nothing runs on from them. */
function shortPages(leaves: Leaf[]): Set<number> {
  const counts = new Map<number, number>();
  for (const { page, lines } of leaves) counts.set(page, (counts.get(page) ?? 0) + lines.length);
  const usual = [...counts.values()].sort((a, b) => a - b)[Math.floor(counts.size / 2)] ?? 0;
  return new Set([...counts].flatMap(([page, count]) => (count < usual * SHORT_SHARE ? page : [])));
}

const runsOn = (before: Leaf, after: Leaf) =>
  before.lines.at(-1)?.text.endsWith('-') === true || /^\p{Ll}/u.test(after.lines[0]?.text ?? '');

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
