import type { TextPage } from '@/lib/french/novel-text';
import type { OpenPdf } from './open-pdf';
import { readTextPage } from './read-text-page';

/** Pages taken at a time: few enough for two readers to end together, many enough for them to seldom meet. */
const BLOCK = 8;

/** Where the pages begin that no reader has taken; threads share it. */
export const noPagesTaken = () => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Reads the pages that nobody else takes from `taken` before, until none is left. */
export function readUntakenPages(pdf: OpenPdf, taken: Int32Array): TextPage[] {
  const pages: TextPage[] = [];
  for (let first = take(taken); first < pdf.pageCount; first = take(taken)) {
    const end = Math.min(first + BLOCK, pdf.pageCount);
    for (let index = first; index < end; index += 1) pages.push(readTextPage(pdf, index));
  }
  return pages;
}

const take = (taken: Int32Array) => Atomics.add(taken, 0, BLOCK);
