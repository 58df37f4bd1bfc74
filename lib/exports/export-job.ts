import { toSentence } from '@/lib/jobs/present-job';
import { readSentences } from '@/lib/jobs/queries';
import type { ExportFormat, Job } from '@/lib/jobs/schema';
import { exportCsv } from './csv';
import type { ExportRow } from './export-row';
import { contentDisposition } from './file-name';
import { exportJson } from './json';
import { exportPdf } from './pdf';
import { toBody } from './to-body';
import { exportTxt } from './txt';

const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
};

export interface ExportedFile {
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/** What there is of a job as a file, streamed; a running or partial job gives what is done and says where the gaps are. */
export async function exportJob(job: Job, format: ExportFormat, signal: AbortSignal): Promise<ExportedFile> {
  const title = job.novel.name.replace(/\.pdf$/i, '');
  const headers = {
    'content-type': CONTENT_TYPES[format],
    'content-disposition': contentDisposition(job.novel.name, format),
  };
  const rows = exportRows(job.id);
  if (format === 'pdf') return { body: new Uint8Array(await exportPdf({ title }, rows, { signal })), headers };
  const text = {
    csv: () => exportCsv(rows),
    json: () => exportJson({ novel: { title, ...job.novel }, settings: job.settings }, rows),
    txt: () => exportTxt({ title }, rows),
  }[format]();
  return { body: toBody(text), headers };
}

async function* exportRows(jobId: string): AsyncGenerator<ExportRow> {
  for await (const batch of readSentences(jobId)) yield* batch.map(toSentence);
}
