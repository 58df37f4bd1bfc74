import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPdf } from './inspect-pdf';
import { bombPdf, bytesOf } from './testing/broken-pdfs';
import { SAMPLE_TO_SET } from './testing/sample-paragraphs';
import { typesetNovel } from './testing/typeset-novel';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'inspect-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function inspect(bytes: Uint8Array, signal?: AbortSignal) {
  const file = path.join(folder, 'roman.pdf');
  await writeFile(file, bytes);
  return inspectPdf(file, { maxPages: 1000, signal });
}

describe('inspectPdf', () => {
  it('inspects a file in another process', async () => {
    expect(await inspect(await typesetNovel(SAMPLE_TO_SET))).toEqual({ pages: 2 });
  });

  it('passes the typed error on', async () => {
    await expect(inspect(bytesOf('Il était une fois'))).rejects.toMatchObject({ name: 'AppError', code: 'NOT_A_PDF' });
  });

  it('cuts off a file that would take all memory, and goes on with the next', async () => {
    await expect(inspect(bytesOf(bombPdf()))).rejects.toMatchObject({ name: 'AppError', code: 'PDF_TOO_COMPLEX' });
    expect(await inspect(await typesetNovel(SAMPLE_TO_SET))).toMatchObject({ pages: 2 });
  });

  it('stops when it is no longer wanted', async () => {
    const reason = new Error('the reader left');
    await expect(inspect(bytesOf(bombPdf()), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
