import { type ExportRow, type ExportRows, gapOf, readingOf } from './export-row';

const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';
const COLUMNS = ['position', 'page', 'original', 'rewritten', 'status', 'flags'] as const;
/** A spreadsheet takes a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/u;

function cell(value: string | number): string {
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /["\r\n,;]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const lineOf = (cells: readonly (string | number)[]) => cells.map(cell).join(',') + LINE_END;

const rowOf = (row: ExportRow) => [
  row.position,
  row.page_start,
  row.original,
  gapOf(row) ? '' : readingOf(row).join('\n'),
  row.status,
  row.flags.join(' '),
];

/**
 * RFC 4180 with a byte order mark: one row for each sentence of the author. `rewritten` holds its short sentences, one
 * to a line within the cell; it repeats a sentence that was kept and is empty for one that failed.
 */
export async function* exportCsv(rows: ExportRows): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + lineOf(COLUMNS);
  for await (const row of rows) yield lineOf(rowOf(row));
}
