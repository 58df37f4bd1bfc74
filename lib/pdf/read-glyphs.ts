import type { Pdfium } from './pdfium';

/** One character as drawn. Points from the top left corner of the page, turned so that most of its text is upright. */
export interface Glyph {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
}

export interface PageGlyphs {
  width: number;
  height: number;
  /** In the order in which the page draws them. */
  glyphs: Glyph[];
  /** Glyphs whose code no alphabet is known for. */
  undecodable: number;
  /** Something other than text is drawn that may hold a picture of text. */
  hasPicture: boolean;
}

interface RawGlyph {
  text: string;
  x: number;
  y: number;
  box: Box;
  size: number;
  quarter: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const REPLACEMENT = 0xfffd;
const PRIVATE_FROM = 0xe000;
const PRIVATE_TO = 0xf8ff;
const HYPHEN = '-';

// FPDF_PAGEOBJ_*; a form may hold pictures, and very many paths may be letters drawn as outlines.
const PATH = 2;
const IMAGE = 3;
const FORM = 5;
const OUTLINED_TEXT_PATHS = 200;

export function readGlyphs(pdfium: Pdfium, page: number): PageGlyphs {
  const textPage = pdfium._FPDFText_LoadPage(page);
  const scratch = pdfium.wasmExports.malloc(64);
  try {
    const { raw, undecodable } = readRaw(pdfium, textPage, scratch);
    pdfium._FPDF_GetPageBoundingBox(page, scratch);
    const pageBox = boxAt(new DataView(pdfium.HEAPU8.buffer), scratch);
    return { ...turnUpright(raw, pageBox), undecodable, hasPicture: raw.length === 0 && hasPicture(pdfium, page) };
  } finally {
    pdfium.wasmExports.free(scratch);
    if (textPage !== 0) pdfium._FPDFText_ClosePage(textPage);
  }
}

function readRaw(pdfium: Pdfium, textPage: number, scratch: number): { raw: RawGlyph[]; undecodable: number } {
  const raw: RawGlyph[] = [];
  let undecodable = 0;
  const count = textPage === 0 ? 0 : pdfium._FPDFText_CountChars(textPage);
  const memory = new DataView(pdfium.HEAPU8.buffer);
  for (let index = 0; index < count; index += 1) {
    const code = pdfium._FPDFText_GetUnicode(textPage, index);
    if (code === CARRIAGE_RETURN || code === LINE_FEED) continue;
    const isUnknown = code === 0 || code === REPLACEMENT || (code >= PRIVATE_FROM && code <= PRIVATE_TO);
    if (isUnknown || pdfium._FPDFText_HasUnicodeMapError(textPage, index) === 1) undecodable += 1;
    // For the hyphen of a word broken at the line end, soft or not, pdfium gives a control code.
    const text = pdfium._FPDFText_IsHyphen(textPage, index) === 1 ? HYPHEN : printable(code);
    if (text === '') continue;
    pdfium._FPDFText_GetMatrix(textPage, index, scratch);
    const quarter = quarterTurns(memory.getFloat32(scratch, true), memory.getFloat32(scratch + 4, true));
    const scale = Math.hypot(memory.getFloat32(scratch + 8, true), memory.getFloat32(scratch + 12, true));
    pdfium._FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
    const x = memory.getFloat64(scratch, true);
    const y = memory.getFloat64(scratch + 8, true);
    pdfium._FPDFText_GetLooseCharBox(textPage, index, scratch);
    raw.push({
      text,
      x,
      y,
      box: boxAt(memory, scratch),
      size: pdfium._FPDFText_GetFontSize(textPage, index) * scale,
      quarter,
    });
  }
  return { raw, undecodable };
}

/** The direction (a, b) in which text runs, in quarters of a turn: 0 to the right, 1 up, 2 to the left, 3 down. */
function quarterTurns(a: number, b: number): number {
  if (b === 0) return a < 0 ? 2 : 0;
  return (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4;
}

/** '' for what must not reach a text: controls, direction marks, lone surrogates, private use, U+FFFD. */
function printable(code: number): string {
  if ((code >= 0xd800 && code <= 0xdfff) || code === REPLACEMENT) return '';
  const text = String.fromCodePoint(code);
  if (code === 0xad || (code >= 0x20 && code < 0x7f)) return text;
  if (/[\p{Zl}\p{Zp}\t]/u.test(text)) return ' ';
  return /\p{C}/u.test(text) ? '' : text;
}

function boxAt(memory: DataView, pointer: number): Box {
  return {
    left: memory.getFloat32(pointer, true),
    top: memory.getFloat32(pointer + 4, true),
    right: memory.getFloat32(pointer + 8, true),
    bottom: memory.getFloat32(pointer + 12, true),
  };
}

/**
 * PDF coordinates grow upwards from a corner that may lie anywhere, and text may run in any of four directions.
 * The direction of most of the text decides, whatever the page's own rotation says.
 */
function turnUpright(raw: RawGlyph[], page: Box): { width: number; height: number; glyphs: Glyph[] } {
  const counts = [0, 0, 0, 0];
  for (const { quarter } of raw) counts[quarter] = (counts[quarter] ?? 0) + 1;
  const quarter = counts.indexOf(Math.max(...counts));
  const [cos, sin] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][quarter] ?? [1, 0];
  const along = (x: number, y: number) => x * (cos ?? 1) + y * (sin ?? 0);
  const above = (x: number, y: number) => y * (cos ?? 1) - x * (sin ?? 0);
  const left = Math.min(along(page.left, page.bottom), along(page.right, page.top));
  const top = Math.max(above(page.left, page.bottom), above(page.right, page.top));
  const glyphs: Glyph[] = [];
  for (const { text, x, y, box, size, quarter: own } of raw) {
    if (own !== quarter && text !== ' ') continue;
    const edges = [along(box.left, box.bottom), along(box.right, box.top)];
    const glyph = { text, left: Math.min(...edges) - left, right: Math.max(...edges) - left };
    glyphs.push({ ...glyph, baseline: top - above(x, y), size });
  }
  const isTurned = quarter % 2 === 1;
  const width = Math.abs(page.right - page.left);
  const height = Math.abs(page.top - page.bottom);
  return { width: isTurned ? height : width, height: isTurned ? width : height, glyphs };
}

function hasPicture(pdfium: Pdfium, page: number): boolean {
  const count = pdfium._FPDFPage_CountObjects(page);
  let paths = 0;
  for (let index = 0; index < count; index += 1) {
    const type = pdfium._FPDFPageObj_GetType(pdfium._FPDFPage_GetObject(page, index));
    if (type === IMAGE || type === FORM) return true;
    if (type === PATH) paths += 1;
  }
  return paths >= OUTLINED_TEXT_PATHS;
}
