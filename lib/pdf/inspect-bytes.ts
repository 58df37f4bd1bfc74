import { AppError } from '@/lib/errors';
import { type OpenPdf, withPdf } from './open-pdf';
import { readTextPage } from './read-text-page';
import { requireReadableText } from './require-readable-text';

export interface PdfInspection {
  pages: number;
  /** Pages looked at, spread over the book; all of them when the first look found nothing to read. */
  sampledPages: number;
  /** Those of them with text that can be read. */
  readablePages: number;
  /** '' when the PDF has none. */
  title: string;
}

const SAMPLE = 12;

/** What can be said of a PDF at a glance; throws the typed error of one that is not worth a job. */
export async function inspectBytes(bytes: Uint8Array, { maxPages }: { maxPages: number }): Promise<PdfInspection> {
  return withPdf(bytes, (pdf) => {
    if (pdf.pageCount > maxPages) {
      throw new AppError('PDF_TOO_MANY_PAGES', `The PDF has ${pdf.pageCount} pages, more than the ${maxPages} allowed`);
    }
    const sample = lookAt(pdf, spread(pdf.pageCount));
    const all = Array.from({ length: pdf.pageCount }, (_, index) => index);
    const looked = sample.some(isReadable) || sample.length === pdf.pageCount ? sample : lookAt(pdf, all);
    requireReadableText(looked);
    const readablePages = looked.filter(isReadable).length;
    return { pages: pdf.pageCount, sampledPages: looked.length, readablePages, title: pdf.title };
  });
}

const lookAt = (pdf: OpenPdf, indexes: number[]) => indexes.map((index) => ({ kind: readTextPage(pdf, index).kind }));

const isReadable = ({ kind }: { kind: string }) => kind === 'text' || kind === 'foreign';

/** Up to SAMPLE page indexes at even distances, the first and the last among them. */
function spread(pageCount: number): number[] {
  const count = Math.min(SAMPLE, pageCount);
  return Array.from({ length: count }, (_, index) => Math.round((index * (pageCount - 1)) / Math.max(count - 1, 1)));
}
