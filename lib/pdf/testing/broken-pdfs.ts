/** Small PDFs written by hand, each wrong in one way. */

export const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

function pdf(objects: string[], trailer = '/Root 1 0 R'): string {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return `${text}${table}trailer\n<< ${trailer} /Size ${size} >>\nstartxref\n${text.length}\n%%EOF`;
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';

export const NO_PAGES_PDF = pdf([CATALOG, '<< /Type /Pages /Count 0 /Kids [] >>']);

/** The keys are made up, so that no password fits, the empty one neither. */
export const ENCRYPTED_PDF = pdf(
  [
    CATALOG,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 440] >>',
    `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'1f'.repeat(32)}> /U <${'2e'.repeat(32)}> >>`,
  ],
  `/Root 1 0 R /Encrypt 4 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>]`,
);

const stream = (content: string, entries = '') =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

const page = (resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 440] /Contents 4 0 R /Resources << ${resources} >> >>`;

/** Text in a font whose codes are glyph numbers and nothing says which letters they are. */
export function undecodablePdf(letters: number): string {
  const glyphs = Array.from({ length: letters }, (_, index) => 'bcdfghjkl'.charCodeAt(index % 9));
  const codes = glyphs.map((glyph) => glyph.toString(16).padStart(4, '0'));
  const font = '<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /DescendantFonts [6 0 R] >>';
  const descendant =
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R >>';
  const descriptor =
    '<< /Type /FontDescriptor /FontName /Lost /Flags 4 /FontBBox [0 0 500 700] /ItalicAngle 0 /Ascent 700 /Descent 0 /CapHeight 700 /StemV 80 >>';
  const text = `BT /F 8 Tf 20 400 Td <${codes.join('')}> Tj ET`;
  const pages = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>';
  return pdf([CATALOG, pages, page('/Font << /F 5 0 R >>'), stream(text), font, descendant, descriptor]);
}

/** Ten forms, each drawn ten times by the next: the innermost text is drawn ten thousand million times. */
export function bombPdf(): string {
  const depth = 10;
  const forms = Array.from({ length: depth }, (_, level) => {
    const isInnermost = level === depth - 1;
    const content = isInnermost ? 'BT /F 8 Tf 20 400 Td (Boum) Tj ET' : '/X Do '.repeat(10);
    const resources = isInnermost ? '/Font << /F 5 0 R >>' : `/XObject << /X ${7 + level} 0 R >>`;
    return stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 320 440] /Resources << ${resources} >>`);
  });
  const pages = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>';
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>';
  return pdf([CATALOG, pages, page('/XObject << /X 6 0 R >>'), stream('/X Do'), font, ...forms]);
}
