import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

const TITLE = /^(?:table(?: des (?:matières|chapitres))?|sommaire|table générale)[.:]?$/iu;
const PAGE_NUMBER = /(?:^|[\s.…_·])(?:\d{1,4}|[ivxlc]{1,7})[.)]?$/u;
const LEADERS = /\.{4,}|(?:\.\s){3,}|…{2,}|(?:…\s?){2,}|_{4,}|·{4,}/u;
/** Titles of several lines have their number behind the last. */
const NUMBERED_SHARE = 0.4;
const LED_SHARE = 0.5;
const MIN_ROWS = 3;

/** The leaves without the table of contents: rows that end in page numbers, under its title or with leaders to them. */
export function withoutContents(leaves: Leaf[]): Leaf[] {
  let isInContents = false;
  const rest = leaves.map((leaf) => {
    const title = leaf.lines.findIndex(({ text }) => TITLE.test(text.trim()));
    const from = title === -1 ? 0 : title;
    const rows = rowsOf(leaf.lines.slice(title === -1 ? 0 : title + 1));
    isInContents = isContents(rows, title !== -1 || isInContents);
    return isInContents ? { ...leaf, lines: leaf.lines.slice(0, from) } : leaf;
  });
  return rest.some(({ lines }) => lines.length > 0) ? rest : leaves;
}

function isContents(rows: string[], isExpected: boolean): boolean {
  return isExpected ? rows.length > 0 && shareOf(rows, PAGE_NUMBER) >= NUMBERED_SHARE : isLedToPages(rows);
}

/** Lines of which most have dots that lead to the number of a page. */
export const isLedToPages = (lines: string[]) =>
  lines.length >= MIN_ROWS && shareOf(lines, LEADERS) >= LED_SHARE && shareOf(lines, PAGE_NUMBER) >= LED_SHARE;

const shareOf = (rows: string[], pattern: RegExp) => rows.filter((row) => pattern.test(row)).length / rows.length;

/** What stands on one baseline: a title and, far from it, its page. */
function rowsOf(lines: TextLine[]): string[] {
  const rows: string[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const isSame = before !== undefined && Math.abs(before.bottom - line.bottom) < 0.4 * line.fontSize;
    if (isSame) rows[rows.length - 1] += ` ${line.text}`;
    else rows.push(line.text);
  }
  return rows;
}
