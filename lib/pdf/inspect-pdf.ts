import type { PdfInspection } from './inspect-bytes';
import { expectNovel, runPdfTask } from './run-pdf-task';

const LIMITS = { timeoutMs: 10_000, maxMemoryMb: 512 };

/**
 * Looks at an uploaded file, in a child process. Throws FILE_EMPTY, NOT_A_PDF, PDF_DAMAGED, PDF_ENCRYPTED (a password
 * is needed), PDF_NO_PAGES, PDF_TOO_MANY_PAGES, PDF_NO_TEXT, PDF_UNREADABLE_TEXT or PDF_TOO_COMPLEX.
 */
export async function inspectPdf(
  path: string,
  { maxPages, signal }: { maxPages: number; signal?: AbortSignal },
): Promise<PdfInspection> {
  const inspection = await runPdfTask<PdfInspection>({ kind: 'inspect', path, maxPages }, { ...LIMITS, signal });
  expectNovel();
  return inspection;
}
