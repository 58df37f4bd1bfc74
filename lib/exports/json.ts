import type { ExportedNovel, ExportRows } from './export-row';

interface JsonHead {
  novel: ExportedNovel & Record<string, unknown>;
  settings?: Record<string, unknown>;
}

/** `{ novel, settings?, sentences: [...] }`, one sentence to a line, written as the rows arrive. */
export async function* exportJson({ novel, settings }: JsonHead, rows: ExportRows): AsyncGenerator<string> {
  const head = JSON.stringify(settings ? { novel, settings } : { novel });
  yield `${head.slice(0, -1)},"sentences":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield '\n]}\n';
}
