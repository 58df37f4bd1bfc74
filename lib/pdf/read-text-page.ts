import type { TextPage } from '@/lib/french/novel-text';
import { toLines } from './glyph-lines';
import type { OpenPdf } from './open-pdf';
import { pageKind } from './page-kind';

/** One page of the PDF as lines of text; a page that pdfium cannot load is blank. */
export function readTextPage(pdf: OpenPdf, index: number): TextPage {
  const page = pdf.readPage(index);
  const number = index + 1;
  if (page === undefined) return { number, width: 0, height: 0, kind: 'blank', lines: [] };
  const lines = toLines(page.glyphs);
  const text = lines.map((line) => line.text).join('\n');
  const kind = pageKind({ text, undecodable: page.undecodable, hasPicture: page.hasPicture });
  return { number, width: page.width, height: page.height, kind, lines };
}
