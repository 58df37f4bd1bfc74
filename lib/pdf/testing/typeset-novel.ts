import { degrees, PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib';

export interface Typesetting {
  /** Points: the page and the text block on it. */
  pageWidth: number;
  pageHeight: number;
  margin: number;
  columns: number;
  gutter: number;
  fontSize: number;
  indent: number;
  runningHead: string;
  folios: boolean;
  rotate: number;
}

const DEFAULTS: Typesetting = {
  pageWidth: 320,
  pageHeight: 440,
  margin: 45,
  columns: 1,
  gutter: 20,
  fontSize: 10,
  indent: 14,
  runningHead: '',
  folios: false,
  rotate: 0,
};

interface SetLine {
  words: string[];
  isFirst: boolean;
  isLast: boolean;
}

/** A PDF of paragraphs set like a novel: justified, indented, words broken with a hyphen at their soft hyphens. */
export async function typesetNovel(paragraphs: string[], options: Partial<Typesetting> = {}): Promise<Uint8Array> {
  const set = { ...DEFAULTS, ...options };
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  const width = (set.pageWidth - 2 * set.margin - (set.columns - 1) * set.gutter) / set.columns;
  const lines = paragraphs.flatMap((paragraph) => breakLines(paragraph, font, set, width));
  const pitch = set.fontSize * 1.25;
  const perColumn = Math.floor((set.pageHeight - 2 * set.margin) / pitch);
  for (let start = 0; start < lines.length; start += perColumn * set.columns) {
    const page = pdf.addPage([set.pageWidth, set.pageHeight]);
    page.setFont(font);
    drawFurniture(page, font, set, pdf.getPageCount());
    for (const [index, line] of lines.slice(start, start + perColumn * set.columns).entries()) {
      const x = set.margin + Math.floor(index / perColumn) * (width + set.gutter);
      const y = set.pageHeight - set.margin - ((index % perColumn) + 1) * pitch;
      drawLine(page, font, set, line, { x, y, width });
    }
    page.setRotation(degrees(set.rotate));
  }
  return pdf.save();
}

function breakLines(paragraph: string, font: PDFFont, set: Typesetting, width: number): SetLine[] {
  const lines: SetLine[] = [];
  let words: string[] = [];
  const fits = (tried: string[]) => {
    const text = tried.join(' ').replaceAll('\u00ad', '');
    return font.widthOfTextAtSize(text, set.fontSize) <= width - (lines.length === 0 ? set.indent : 0);
  };
  for (const word of paragraph.split(' ')) {
    let rest = word;
    while (!fits([...words, rest])) {
      const [head, tail] = breakPoints(rest).findLast(([before]) => fits([...words, before])) ?? ['', rest];
      if (head === '' && words.length === 0) break;
      lines.push({ words: head === '' ? words : [...words, head], isFirst: lines.length === 0, isLast: false });
      words = [];
      rest = tail;
    }
    words.push(rest);
  }
  lines.push({ words, isFirst: lines.length === 0, isLast: true });
  return lines;
}

/** Where a word may be broken: at a soft hyphen, which then shows, or behind a hyphen of its own. */
function breakPoints(word: string): [head: string, tail: string][] {
  return [...word.matchAll(/[\u00ad-]/gu)].map(({ index }) => [`${word.slice(0, index)}-`, word.slice(index + 1)]);
}

function drawLine(
  page: PDFPage,
  font: PDFFont,
  set: Typesetting,
  line: SetLine,
  { x, y, width }: { x: number; y: number; width: number },
) {
  const words = line.words.map((word) => word.replaceAll('\u00ad', ''));
  const indent = line.isFirst ? set.indent : 0;
  const wordsWidth = words.reduce((sum, word) => sum + font.widthOfTextAtSize(word, set.fontSize), 0);
  const natural = font.widthOfTextAtSize(' ', set.fontSize);
  const space = line.isLast ? natural : (width - indent - wordsWidth) / Math.max(words.length - 1, 1);
  let at = x + indent;
  for (const word of words) {
    page.drawText(word, { x: at, y, size: set.fontSize });
    at += font.widthOfTextAtSize(word, set.fontSize) + space;
  }
}

function drawFurniture(page: PDFPage, font: PDFFont, set: Typesetting, number: number) {
  const centred = (text: string, y: number) => {
    const x = (set.pageWidth - font.widthOfTextAtSize(text, 8)) / 2;
    page.drawText(text, { x, y, size: 8 });
  };
  if (set.runningHead !== '') centred(set.runningHead, set.pageHeight - set.margin / 2);
  if (set.folios) centred(String(number), set.margin / 2);
}
