import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { inspectBytes } from './inspect-bytes';
import { bytesOf, ENCRYPTED_PDF, NO_PAGES_PDF, undecodablePdf } from './testing/broken-pdfs';
import { SAMPLE_TO_SET } from './testing/sample-paragraphs';
import { typesetNovel } from './testing/typeset-novel';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const inspect = (bytes: Uint8Array, maxPages = 1000) => inspectBytes(bytes, { maxPages });

async function emptyPages(count: number, draw?: (pdf: PDFDocument) => Promise<void>) {
  const pdf = await PDFDocument.create();
  for (let page = 0; page < count; page += 1) pdf.addPage([320, 440]);
  await draw?.(pdf);
  return pdf.save();
}

async function scannedPages(count: number) {
  return emptyPages(count, async (pdf) => {
    const image = await pdf.embedPng(PIXEL);
    for (const page of pdf.getPages()) page.drawImage(image, { x: 0, y: 0, width: 320, height: 440 });
  });
}

describe('inspectBytes', () => {
  it('tells how many pages a novel has', async () => {
    const bytes = await typesetNovel(SAMPLE_TO_SET, { pageHeight: 200 });
    expect(await inspect(bytes)).toEqual({ pages: (await PDFDocument.load(bytes)).getPageCount() });
  });

  it.each([0, 8, 39])('finds the one page with text among many scanned ones, page %i', async (page) => {
    const pdf = await PDFDocument.load(await scannedPages(40));
    pdf.getPage(page).drawText('Il était une fois un gardien de phare.', { x: 40, y: 300, size: 10 });
    expect(await inspect(await pdf.save())).toEqual({ pages: 40 });
  });

  it('judges a file by its bytes', async () => {
    await expect(inspect(new Uint8Array())).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(inspect(bytesOf('<html><body>roman.pdf</body></html>'))).rejects.toMatchObject({ code: 'NOT_A_PDF' });
    await expect(inspect(bytesOf(`${' '.repeat(1020)}%PDF-1.7`))).rejects.toMatchObject({ code: 'NOT_A_PDF' });
    const novel = await typesetNovel(SAMPLE_TO_SET);
    expect((await inspect(Buffer.concat([bytesOf(' '.repeat(900)), novel]))).pages).toBeGreaterThan(0);
  });

  it('names what is wrong with a file that cannot be opened', async () => {
    await expect(inspect(bytesOf('%PDF-1.7\n%%EOF'))).rejects.toMatchObject({ code: 'PDF_DAMAGED' });
    await expect(inspect(bytesOf(ENCRYPTED_PDF))).rejects.toMatchObject({ code: 'PDF_ENCRYPTED' });
    await expect(inspect(bytesOf(NO_PAGES_PDF))).rejects.toMatchObject({ code: 'PDF_NO_PAGES' });
  });

  it('refuses more pages than are allowed, and says how many', async () => {
    await expect(inspect(await emptyPages(6), 5)).rejects.toMatchObject({
      code: 'PDF_TOO_MANY_PAGES',
      message: expect.stringMatching(/6 pages.*5/u),
    });
  });

  it('tells blank, scanned and undecodable books apart', async () => {
    await expect(inspect(await emptyPages(3))).rejects.toMatchObject({
      code: 'PDF_NO_TEXT',
      message: expect.stringMatching('blank'),
      fields: [{ field: 'blank_pages' }],
    });
    await expect(inspect(await scannedPages(3))).rejects.toMatchObject({
      code: 'PDF_NO_TEXT',
      message: expect.stringMatching('3 of 3 pages look scanned'),
    });
    await expect(inspect(bytesOf(undecodablePdf(400)))).rejects.toMatchObject({ code: 'PDF_UNREADABLE_TEXT' });
  });
});
