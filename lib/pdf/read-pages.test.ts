import { expect, it } from 'vitest';
import { makeNovel } from '@/e2e/support/novel-maker';
import { withPdf } from './open-pdf';
import { readPages } from './read-pages';
import { readTextPage } from './read-text-page';
import { noPagesTaken, readUntakenPages } from './read-untaken-pages';
import { readAlong } from './second-reader';

const readAlone = (bytes: Uint8Array) =>
  withPdf(bytes, (pdf) => Array.from({ length: pdf.pageCount }, (_, index) => readTextPage(pdf, index)));

it('gives the pages of a long novel in order, as one reader alone would', async () => {
  const { pdf } = await makeNovel({ seed: 5, pages: 130 });
  expect(await readPages(pdf)).toEqual(await readAlone(pdf));
});

it('lets two readers share the pages, none read twice', async () => {
  const { pdf } = await makeNovel({ seed: 6, pages: 60 });
  const taken = noPagesTaken();
  const along = readAlong({ bytes: pdf, taken });
  // Here, the other one has to begin: then it is sure that both read.
  await expect.poll(() => Atomics.load(taken, 0), { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
  const own = await withPdf(pdf, (open) => readUntakenPages(open, taken));
  const others = await along;
  expect(others.length).toBeGreaterThan(0);
  const numbers = [...own, ...others].map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
});

it('does without a second reader that fails, and starts another for the next novel', async () => {
  const taken = noPagesTaken();
  expect(await readAlong({ bytes: new Uint8Array([1, 2, 3]), taken })).toEqual([]);
  const { pdf } = await makeNovel({ seed: 7, pages: 60 });
  expect(await readPages(pdf)).toHaveLength(60);
  const again = await readAlong({ bytes: pdf, taken: noPagesTaken() });
  expect(again).toHaveLength(60);
});

it('reads itself what the second reader took and did not give', async () => {
  const { pdf } = await makeNovel({ seed: 8, pages: 60 });
  const taken = noPagesTaken();
  const lost = await withPdf(pdf, (open) => readUntakenPages({ ...open, pageCount: 8 }, taken));
  expect(lost).toHaveLength(8);
  expect(await readPages(pdf, taken)).toEqual(await readAlone(pdf));
}, 30_000);
