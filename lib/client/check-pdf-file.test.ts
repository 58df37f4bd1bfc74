import { describe, expect, it } from 'vitest';
import { checkPdfFile } from './check-pdf-file';

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
