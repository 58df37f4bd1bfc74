import { z } from 'zod';
import { readPages } from './read-pdf';

const Sentence = z.object({
  position: z.int(),
  page_start: z.int(),
  original: z.string(),
  rewrites: z.array(z.string()),
  status: z.enum(['kept', 'rewritten', 'skipped', 'failed', 'pending']),
  method: z.string().nullable(),
});
const JsonExport = z.object({ novel: z.object({ title: z.string() }), sentences: z.array(Sentence) });

export const readJsonExport = (bytes: Uint8Array) => JsonExport.parse(JSON.parse(new TextDecoder().decode(bytes)));

/** RFC 4180, read by hand so that the product's own writer is not its judge. */
export function readCsvExport(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.startsWith('\ufeff')) throw new Error('the CSV has no byte order mark');
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 1;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [, quoted, plain = '', end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Every page as one line of text. */
export async function readPdfExport(bytes: Uint8Array): Promise<string[]> {
  const pages = await readPages(bytes);
  return pages.map((page) => page.replace(/\s+/gu, ' ').trim());
}

/** Letters and digits only: what typesetting cannot change. */
export const lettersOf = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');
