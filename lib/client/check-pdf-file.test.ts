import { describe, expect, it } from 'vitest';
import { checkPdfFile, isFaultOfFile } from './check-pdf-file';

describe('a first look at a chosen file', () => {
  it.each([
    ['', 'FILE_EMPTY'],
    [`%PDF-1.7 ${'x'.repeat(100)}`, 'FILE_TOO_LARGE'],
    ['PK a word processor’s file', 'NOT_A_PDF'],
    ['%PDF-1.7', undefined],
    ['  some bytes before %PDF-1.4', undefined],
  ])('of %j says %s', async (content, fault) => {
    expect(await checkPdfFile(new Blob([content]), 50)).toBe(fault);
  });
});

describe('a refused upload', () => {
  it.each(['FILE_TOO_LARGE', 'NOT_A_PDF', 'PDF_ENCRYPTED'])('with %s needs another file', (code) => {
    expect(isFaultOfFile(code)).toBe(true);
  });

  it.each(['INVALID_INPUT', 'RATE_LIMITED', 'UNREACHABLE'])('with %s may go on with the same', (code) => {
    expect(isFaultOfFile(code)).toBe(false);
  });
});
