import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { makeNovel } from './novel-maker';
import { longSentence } from './novel-narration';
import { createRandom } from './novel-random';

const WRONG_FILES = [
  'empty',
  'not-a-pdf',
  'damaged',
  'encrypted',
  'no-pages',
  'no-text',
  'blank',
  'garbled',
  'too-many-pages',
] as const;
export type WrongFile = (typeof WRONG_FILES)[number];

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** A whole PDF from the bodies of its objects, numbered from 1; the first is the catalogue. */
function writePdf(objects: string[], trailer = ''): Uint8Array {
  let file = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const start = file.length;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return bytesOf(file);
}

const stream = (content: string, entries = '') =>
  `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;

const PAGE = (resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << ${resources} >> /Contents 4 0 R >>`;
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>';

/** A page that is a picture and nothing else, as a scanner leaves it. */
function makeScan(): Uint8Array {
  const side = 16;
  const pixels = Array.from({ length: side * side }, (_, index) => ((index * 37) % 97 < 20 ? '20' : 'F4')).join('');
  const image = stream(
    `${pixels}>`,
    `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode`,
  );
  return writePdf([CATALOGUE, PAGES, PAGE('/XObject << /I 5 0 R >>'), stream('q 420 0 0 595 0 0 cm /I Do Q'), image]);
}

/** Most TrueType fonts number their glyphs in the order of ASCII, from the space as number 3. */
const glyphNumbers = (text: string) =>
  Array.from(text, (letter) => ((letter.codePointAt(0) ?? 32) - 29).toString(16).padStart(4, '0')).join('');

/** Text drawn by glyph numbers of a font that says nowhere which letters they are. */
function makeGarbled(): Uint8Array {
  const random = createRandom(1);
  const lines = Array.from({ length: 30 }, () =>
    longSentence(random, 12)
      .replace(/[^A-Za-z ,.]/gu, ' ')
      .slice(0, 60),
  );
  const content = lines.map((line, row) => `BT /F 11 Tf 1 0 0 1 50 ${540 - row * 15} Tm <${glyphNumbers(line)}> Tj ET`);
  return writePdf([
    CATALOGUE,
    PAGES,
    PAGE('/Font << /F 5 0 R >>'),
    stream(content.join('\n')),
    '<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Garbled /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Garbled /CIDToGIDMap /Identity /DW 500 /FontDescriptor 7 0 R
       /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>`,
    `<< /Type /FontDescriptor /FontName /AAAAAA+Garbled /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900
       /Descent -200 /CapHeight 700 /StemV 80 >>`,
  ]);
}

const PADDING = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex');
const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);
const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;

/** RC4, which OpenSSL 3 no longer offers. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (one: number, other: number) => {
    const kept = at(one);
    state[one] = at(other);
    state[other] = kept;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  const crypted = data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    return byte ^ at(at(i) + at(j));
  });
  return Buffer.from(crypted);
}

/** The standard security handler, revision 2 (40-bit RC4), with a password needed to open. ISO 32000-1, 7.6.3. */
function makeEncrypted(): Uint8Array {
  const id = md5(Buffer.from('novel'));
  const permissions = -4;
  const permissionBytes = Buffer.alloc(4);
  permissionBytes.writeInt32LE(permissions);
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded('reader'));
  const key = md5(padded('reader'), owner, permissionBytes, id).subarray(0, 5);
  const user = rc4(key, PADDING);
  const contentKey = md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10);
  const content = rc4(contentKey, Buffer.from('BT /F 12 Tf 60 500 Td (Un secret.) Tj ET')).toString('latin1');
  return writePdf(
    [
      CATALOGUE,
      PAGES,
      PAGE('/Font << /F 5 0 R >>'),
      stream(content),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
      `<< /Filter /Standard /V 1 /R 2 /O ${hex(owner)} /U ${hex(user)} /P ${permissions} >>`,
    ],
    `/Encrypt 6 0 R /ID [${hex(id)} ${hex(id)}]`,
  );
}

/** A novel broken off in the middle, with what is left of its end overwritten. */
async function makeDamaged(): Promise<Uint8Array> {
  const { pdf } = await makeNovel({ seed: 7, pages: 3 });
  return pdf.map((byte, index) => (index < 16 ? byte : byte ^ 0x5a)).subarray(0, Math.floor(pdf.length / 2));
}

async function makeBlankPages(count: number): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (let page = 0; page < count; page += 1) doc.addPage([420, 595]);
  return doc.save();
}

/** A file that the product must refuse, each for its own reason; `pages` for the one that has too many. */
export async function makeWrongFile(kind: WrongFile, { pages = 1001 } = {}): Promise<Uint8Array> {
  switch (kind) {
    case 'empty':
      return new Uint8Array();
    case 'not-a-pdf':
      return bytesOf('PK\u0003\u0004 Ceci est une archive, quoi que dise son nom.\n'.repeat(20));
    case 'damaged':
      return makeDamaged();
    case 'encrypted':
      return makeEncrypted();
    case 'no-pages':
      return writePdf([CATALOGUE, '<< /Type /Pages /Kids [] /Count 0 >>']);
    case 'blank':
      return makeBlankPages(2);
    case 'no-text':
      return makeScan();
    case 'garbled':
      return makeGarbled();
    case 'too-many-pages':
      return makeBlankPages(pages);
  }
}
