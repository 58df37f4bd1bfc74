import { AppError } from '@/lib/errors';
import type { PageKind } from '@/lib/french/novel-text';
import { type OpenPdf, withPdf } from './open-pdf';
import { readTextPage } from './read-text-page';
import { requireReadableText } from './require-readable-text';

export interface PdfInspection {
  pages: number;
}

/** What can be said of a PDF at a glance; throws the typed error of one that is not worth a job. */
export async function inspectBytes(bytes: Uint8Array, { maxPages }: { maxPages: number }): Promise<PdfInspection> {
  return withPdf(bytes, (pdf) => {
    if (pdf.pageCount > maxPages) {
      throw new AppError('PDF_TOO_MANY_PAGES', `The PDF has ${pdf.pageCount} pages, more than the ${maxPages} allowed`);
    }
    requireReadableText(lookUntilReadable(pdf));
    return { pages: pdf.pageCount };
  });
}

/** The pages up to the first that can be read. A novel has text in its middle, whatever its first pages hold. */
function lookUntilReadable(pdf: OpenPdf): { kind: PageKind }[] {
  const looked: { kind: PageKind }[] = [];
  const middle = Math.floor(pdf.pageCount / 2);
  for (let step = 0; step < pdf.pageCount; step += 1) {
    const { kind } = readTextPage(pdf, (middle + step) % pdf.pageCount);
    looked.push({ kind });
    if (kind === 'text' || kind === 'foreign') break;
  }
  return looked;
}
