import type { TextKind } from '@/lib/french/novel-text';
import { type ExportRow, type ExportRows, type GapReason, gapOf, readingOf } from './export-row';

export interface ExportParagraph {
  kind: TextKind;
  text: string;
}

/** A stretch of the finished novel; with a gap, one that was not rewritten and on which pages. */
export interface Passage {
  paragraphs: ExportParagraph[];
  gap?: { reason: GapReason; pageStart: number; pageEnd: number };
}

function paragraphsOf(rows: ExportRow[]): ExportParagraph[] {
  const paragraphs: ExportParagraph[] = [];
  let current: number | undefined;
  for (const row of rows) {
    const text = readingOf(row).join(' ');
    const last = paragraphs.at(-1);
    if (last && row.paragraph === current) last.text += ` ${text}`;
    else paragraphs.push({ kind: row.kind, text });
    current = row.paragraph;
  }
  return paragraphs;
}

function passageOf(rows: ExportRow[]): Passage {
  const paragraphs = paragraphsOf(rows);
  const [first] = rows;
  const reason = first && gapOf(first);
  if (!reason) return { paragraphs };
  const pageStart = Math.min(...rows.map((row) => row.page_start));
  return {
    paragraphs,
    gap: { reason, pageStart, pageEnd: rows.reduce((end, row) => Math.max(end, row.page_end), pageStart) },
  };
}

/** The novel as a reader meets it: one passage a paragraph, and one for each run of sentences that were not rewritten. */
export async function* passagesOf(rows: ExportRows): AsyncGenerator<Passage> {
  let gathered: ExportRow[] = [];
  for await (const row of rows) {
    const [first] = gathered;
    const reason = gapOf(row);
    const goesOn = first && gapOf(first) === reason && (reason !== undefined || first.paragraph === row.paragraph);
    if (first && !goesOn) {
      yield passageOf(gathered);
      gathered = [];
    }
    gathered.push(row);
  }
  if (gathered.length > 0) yield passageOf(gathered);
}

const pagesOf = ({ pageStart, pageEnd }: { pageStart: number; pageEnd: number }) =>
  pageStart === pageEnd ? `Page ${pageStart}` : `Pages ${pageStart} à ${pageEnd}`;

/** The notices stand in the text itself, so they speak its language. */
export function gapNotices({ gap }: Passage): { before: string; after: string } | undefined {
  if (!gap) return undefined;
  const what = gap.reason === 'failed' ? 'ce passage n’a pas pu être réécrit' : 'ce passage n’a pas été réécrit';
  return { before: `[${pagesOf(gap)}\u00a0: ${what}. Voici le texte d’origine.]`, after: '[Fin du texte d’origine.]' };
}
