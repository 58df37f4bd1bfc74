import { isDivision } from './chapter-titles';
import type { Draft } from './paragraph-flow';

const WITHIN = 8;
const TITLE_WORDS = 40;
const IMPRINT_WORDS = 150;
/** A dedication or an epigraph, behind which a title may come again. */
const SHORT_WORDS = 60;
const IMPRINT =
  /©|\(c\)|\bISBN\b|copyright|dépôt légal|tous droits|droits? de (?:traduction|reproduction)|achevé d[’']imprimer/iu;

/** Leaves out, of the first pages, those that hold the title or the imprint. */
export function withoutFrontMatter(drafts: Draft[]): Draft[] {
  const byPage = Map.groupBy(drafts, (draft) => draft.lines[0]?.page ?? 0);
  const dropped = new Set<number>();
  for (const [page, own] of byPage) {
    const lines = own.flatMap((draft) => draft.lines.map(({ line }) => line.text));
    if (page > WITHIN || lines.some(isDivision)) break;
    if (isTitlePage(own, lines) || isImprint(lines)) dropped.add(page);
    else if (countWords(lines) > SHORT_WORDS) break;
  }
  if (dropped.size === byPage.size) return drafts;
  return drafts.filter((draft) => !dropped.has(draft.lines[0]?.page ?? 0));
}

const countWords = (lines: string[]) => lines.join(' ').split(' ').length;

/** A few words of display. */
const isTitlePage = (drafts: Draft[], lines: string[]) =>
  drafts.some((draft) => draft.kind === 'heading') &&
  countWords(lines) <= TITLE_WORDS &&
  !lines.some((line) => /[.!?]$/u.test(line));

const isImprint = (lines: string[]) => countWords(lines) <= IMPRINT_WORDS && lines.some((line) => IMPRINT.test(line));
