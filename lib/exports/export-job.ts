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

export const exportHeaders = ({ novel }: Job, format: ExportFormat) => ({
  'content-type': CONTENT_TYPES[format],
  'content-disposition': contentDisposition(novel.name, format),
});

/** What there is of a job as a file, streamed; a running or partial job gives what is done and says where the gaps are. */
export async function exportJob(
  job: Job,
  format: ExportFormat,
  { userId, signal }: { userId: string; signal: AbortSignal },
): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>> {
  const title = job.novel.name.replace(/\.pdf$/i, '');
  const rows = exportRows(job.id);
  if (format === 'pdf') return new Uint8Array(await exportPdf({ title }, rows, { who: userId, signal }));
  const text = {
    csv: () => exportCsv(rows),
    json: () => exportJson({ novel: { title, ...job.novel }, settings: job.settings }, rows),
    txt: () => exportTxt({ title }, rows),
  }[format]();
  return toBody(text);
}

async function* exportRows(jobId: string): AsyncGenerator<ExportRow> {
  for await (const batch of readSentences(jobId)) yield* batch.map(toSentence);
}
