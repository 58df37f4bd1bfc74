import { parentPort } from 'node:worker_threads';
import { withPdf } from './open-pdf';
import { loadPdfium } from './pdfium';
import { readUntakenPages } from './read-untaken-pages';
import type { AskedReading } from './second-reader';

/** The program of the second reader's thread. An error ends it; the next long novel starts another. */

parentPort?.on('message', async ({ bytes, taken, answer }: AskedReading) => {
  answer.postMessage(await withPdf(bytes, (pdf) => readUntakenPages(pdf, taken)));
});

// Compiled before the first novel comes.
await loadPdfium();
