import type { TextPage } from '@/lib/french/novel-text';
import { type OpenPdf, withPdf } from './open-pdf';
import { readTextPage } from './read-text-page';
import { noPagesTaken, readUntakenPages } from './read-untaken-pages';
import { readAlong } from './second-reader';

/** Fewer are read before a second reader has opened the file. */
const WORTH_TWO_READERS = 48;

/** All pages of a PDF, in order; those of a long one by two threads. Throws what withPdf throws. */
export async function readPages(bytes: Uint8Array, taken = noPagesTaken()): Promise<TextPage[]> {
  const { pages, along } = await withPdf(bytes, (pdf) => {
    const isLong = pdf.pageCount >= WORTH_TWO_READERS;
    const others = isLong ? readAlong({ bytes, taken }) : Promise.resolve([]);
    return { pages: readUntakenPages(pdf, taken), along: others };
  });
  const read = [...pages, ...(await along)];
  return withPdf(bytes, (pdf) => [...read, ...readMissing(pdf, read)].sort((a, b) => a.number - b.number));
}

function readMissing(pdf: OpenPdf, read: TextPage[]): TextPage[] {
  const known = new Set(read.map(({ number }) => number));
  const all = Array.from({ length: pdf.pageCount }, (_, index) => index);
  return all.filter((index) => !known.has(index + 1)).map((index) => readTextPage(pdf, index));
}
