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

/** A character that belongs to the text, before it is known which way the page's text runs. */
interface Character {
  index: number;
  text: string;
  style: Style;
}

/** What the characters of one text object have in common. */
interface Style {
  size: number;
  /** The direction in which the text runs, in quarters of a turn: 0 to the right, 1 up, 2 to the left, 3 down. */
  quarter: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What pdfium puts in place of the hyphen, soft or not, of a word broken at the line end. */
const BROKEN_WORD = 0x02;
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
  const { wasmExports: functions } = pdfium;
  const textPage = functions.FPDFText_LoadPage(page);
  const scratch = functions.malloc(64);
  try {
    const { characters, undecodable } = readCharacters(pdfium, textPage, scratch);
    functions.FPDF_GetPageBoundingBox(page, scratch);
    const box = boxAt(new DataView(pdfium.HEAPU8.buffer), scratch);
    const quarter = mainQuarter(characters);
    const isTurned = quarter % 2 === 1;
    const width = Math.abs(box.right - box.left);
    const height = Math.abs(box.top - box.bottom);
    return {
      width: isTurned ? height : width,
      height: isTurned ? width : height,
      glyphs: placeUpright(characters, quarter, box, { pdfium, textPage, scratch }),
      undecodable,
      hasPicture: characters.length === 0 && hasPicture(functions, page),
    };
  } finally {
    functions.free(scratch);
    if (textPage !== 0) functions.FPDFText_ClosePage(textPage);
  }
}

function readCharacters(pdfium: Pdfium, textPage: number, scratch: number) {
  const { wasmExports: functions } = pdfium;
  const memory = new DataView(pdfium.HEAPU8.buffer);
  const characters: Character[] = [];
  let undecodable = 0;
  let lastObject = 0;
  let style: Style = { size: 0, quarter: 0 };
  const count = textPage === 0 ? 0 : functions.FPDFText_CountChars(textPage);
  for (let index = 0; index < count; index += 1) {
    const code = functions.FPDFText_GetUnicode(textPage, index);
    if (code === CARRIAGE_RETURN || code === LINE_FEED) continue;
    const isUnknown = code === 0 || code === REPLACEMENT || (code >= PRIVATE_FROM && code <= PRIVATE_TO);
    if (isUnknown || functions.FPDFText_HasUnicodeMapError(textPage, index) === 1) undecodable += 1;
    const isHyphen = code === BROKEN_WORD && functions.FPDFText_IsHyphen(textPage, index) === 1;
    const text = isHyphen ? HYPHEN : printable(code);
    if (text === '') continue;
    const object = functions.FPDFText_GetTextObject(textPage, index);
    // What pdfium puts in by itself (spaces) belongs to no object and has a style of its own.
    if (object === 0 || object !== lastObject) style = styleAt(functions, textPage, index, memory, scratch);
    lastObject = object;
    characters.push({ index, text, style });
  }
  return { characters, undecodable };
}

function styleAt(
  functions: Pdfium['wasmExports'],
  textPage: number,
  index: number,
  memory: DataView,
  scratch: number,
): Style {
  functions.FPDFText_GetMatrix(textPage, index, scratch);
  const quarter = quarterTurns(memory.getFloat32(scratch, true), memory.getFloat32(scratch + 4, true));
  const scale = Math.hypot(memory.getFloat32(scratch + 8, true), memory.getFloat32(scratch + 12, true));
  return { size: functions.FPDFText_GetFontSize(textPage, index) * scale, quarter };
}

/** The direction (a, b) in which text runs, in quarters of a turn. */
function quarterTurns(a: number, b: number): number {
  if (b === 0) return a < 0 ? 2 : 0;
  return (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4;
}

/** The direction of most of the text decides, whatever the page's own rotation says. */
function mainQuarter(characters: Character[]): number {
  const counts = [0, 0, 0, 0];
  for (const { style } of characters) counts[style.quarter] = (counts[style.quarter] ?? 0) + 1;
  return counts.indexOf(Math.max(...counts));
}

/** '' for what must not reach a text: controls, direction marks, lone surrogates, private use, U+FFFD. */
function printable(code: number): string {
  let text = printables.get(code);
  if (text === undefined) {
    text = toPrintable(code);
    printables.set(code, text);
  }
  return text;
}

const printables = new Map<number, string>();

function toPrintable(code: number): string {
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

/** The unit vector of each quarter of a turn. */
const DIRECTIONS = [
  { cos: 1, sin: 0 },
  { cos: 0, sin: 1 },
  { cos: -1, sin: 0 },
  { cos: 0, sin: -1 },
];
const UPRIGHT = { cos: 1, sin: 0 };

/** PDF coordinates grow upwards from a corner that may lie anywhere, and text may run in any of four directions. */
function placeUpright(
  characters: Character[],
  quarter: number,
  page: Box,
  { pdfium, textPage, scratch }: { pdfium: Pdfium; textPage: number; scratch: number },
): Glyph[] {
  const { wasmExports: functions } = pdfium;
  const memory = new DataView(pdfium.HEAPU8.buffer);
  const { cos, sin } = DIRECTIONS[quarter] ?? UPRIGHT;
  const left = Math.min(page.left * cos + page.bottom * sin, page.right * cos + page.top * sin);
  const top = Math.max(page.bottom * cos - page.left * sin, page.top * cos - page.right * sin);
  const glyphs: Glyph[] = [];
  for (const { index, text, style } of characters) {
    if (style.quarter !== quarter && text !== ' ') continue;
    functions.FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
    const above = memory.getFloat64(scratch + 8, true) * cos - memory.getFloat64(scratch, true) * sin;
    functions.FPDFText_GetLooseCharBox(textPage, index, scratch);
    const box = boxAt(memory, scratch);
    const start = box.left * cos + box.bottom * sin;
    const end = box.right * cos + box.top * sin;
    glyphs.push({
      text,
      left: Math.min(start, end) - left,
      right: Math.max(start, end) - left,
      baseline: top - above,
      size: style.size,
    });
  }
  return glyphs;
}

function hasPicture(functions: Pdfium['wasmExports'], page: number): boolean {
  const count = functions.FPDFPage_CountObjects(page);
  let paths = 0;
  for (let index = 0; index < count; index += 1) {
    const type = functions.FPDFPageObj_GetType(functions.FPDFPage_GetObject(page, index));
    if (type === IMAGE || type === FORM) return true;
    if (type === PATH) paths += 1;
  }
  return paths >= OUTLINED_TEXT_PATHS;
}
