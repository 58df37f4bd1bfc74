import { PDFiumLibrary } from '@hyzyla/pdfium';
import { describe, expect, it } from 'vitest';
import { makeWrongFile, type WrongFile } from './novel-wrong-file';

interface Verdict {
  opens: boolean;
  pages: number;
  text: string;
}

async function inspect(kind: WrongFile, password?: string): Promise<Verdict> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(await makeWrongFile(kind), password);
    const pages = document.getPageCount();
    return { opens: true, pages, text: pages > 0 ? document.getPage(0).getText() : '' };
  } catch {
    return { opens: false, pages: 0, text: '' };
  } finally {
    library.destroy();
  }
}

describe('makeWrongFile', () => {
  it.each(['empty', 'not-a-pdf', 'damaged'] as const)('makes a file that no reader opens: %s', async (kind) => {
    expect(await inspect(kind)).toMatchObject({ opens: false });
  });

  it('makes a file that opens with its password only', async () => {
    expect(await inspect('encrypted')).toMatchObject({ opens: false });
    expect(await inspect('encrypted', 'reader')).toEqual({ opens: true, pages: 1, text: 'Un secret.' });
  });

  it('makes files that open and hold no novel', async () => {
    expect(await inspect('no-pages')).toMatchObject({ opens: true, pages: 0 });
    expect(await inspect('no-text')).toEqual({ opens: true, pages: 1, text: '' });
    expect(await inspect('too-many-pages')).toMatchObject({ opens: true, pages: 1001 });
  });

  it('makes text without letters', async () => {
    const { text } = await inspect('garbled');
    expect(text.length).toBeGreaterThan(1000);
    expect(text).not.toMatch(/\b(?:le|la|de|et)\b/u);
  });
});
