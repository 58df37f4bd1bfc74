import { PDFDocument } from 'pdf-lib';
import { type BookFace, type FaceStyle, loadBookFace } from './book-face';
import { breakLines, type Line } from './break-lines';
import { Sheet } from './sheet';

/** A5, in points. */
const BOOK_FORMAT = { width: 419.53, height: 595.28, inner: 56, outer: 46, top: 66, bottom: 62, leading: 14.2 };
const MEASURE = BOOK_FORMAT.width - BOOK_FORMAT.inner - BOOK_FORMAT.outer;
const LINES_PER_PAGE = Math.floor((BOOK_FORMAT.height - BOOK_FORMAT.top - BOOK_FORMAT.bottom) / BOOK_FORMAT.leading);

export interface TextStyle {
  face: FaceStyle;
  size: number;
  indent: number;
  centred: boolean;
}

export const BODY: TextStyle = { face: 'normal', size: 11.2, indent: 16, centred: false };
export const HEADING: TextStyle = { face: 'normal', size: 16, indent: 0, centred: true };
const RUNNING_HEAD: TextStyle = { face: 'italic', size: 9.5, indent: 0, centred: true };
const FOLIO: TextStyle = { face: 'normal', size: 9.5, indent: 0, centred: true };

interface BookOptions {
  title: string;
  /** Every text that will be set, so that the alphabets it needs are embedded; more than is set does no harm. */
  texts: Iterable<string>;
  /** The PDF’s date; fixed, so that the same book has the same bytes. */
  date: Date;
}

export interface Book {
  readonly pageCount: number;
  readonly linesLeft: number;
  /** How a paragraph will fall into lines. */
  lines: (text: string, style: TextStyle) => Line[];
  /** Sets the lines of a paragraph, turning pages as needed; the page of each line, 1-based. */
  place: (lines: Line[], style: TextStyle) => number[];
  skip: (lines: number) => void;
  turnPage: () => void;
  /** From the next turned page on; the odd pages’ running head. */
  nameChapter: (chapter: string) => void;
  /** The page under way shows neither running head nor folio. */
  leaveBare: (parts: { head: boolean; folio: boolean }) => void;
  save: () => Promise<Uint8Array>;
}

async function openDocument({ title, date }: BookOptions): Promise<PDFDocument> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const { default: fontkit } = await import('@pdf-lib/fontkit');
  doc.registerFontkit(fontkit);
  doc.setTitle(title, { showInWindowTitleBar: true });
  doc.setLanguage('fr-FR');
  doc.setProducer('French Novel Tool');
  doc.setCreationDate(date);
  doc.setModificationDate(date);
  return doc;
}

/** A book under the press: paragraphs in, pages out, with running heads and folios. */
export async function openBook(options: BookOptions): Promise<Book> {
  const doc = await openDocument(options);
  const texts = [...options.texts, options.title];
  const faces: Record<FaceStyle, BookFace> = {
    normal: await loadBookFace(doc, 'normal', texts),
    italic: await loadBookFace(doc, 'italic', texts),
  };
  return new Press(doc, faces, options.title);
}

class Press implements Book {
  readonly #doc: PDFDocument;
  readonly #faces: Record<FaceStyle, BookFace>;
  readonly #title: string;
  #chapter: string;
  #sheet: Sheet | undefined;
  #row = 0;
  #bare = { head: false, folio: false };
  pageCount = 0;

  constructor(doc: PDFDocument, faces: Record<FaceStyle, BookFace>, title: string) {
    this.#doc = doc;
    this.#faces = faces;
    this.#title = title;
    this.#chapter = title;
  }

  get linesLeft(): number {
    return this.#sheet ? LINES_PER_PAGE - this.#row : 0;
  }

  #width(text: string, style: TextStyle): number {
    return (this.#faces[style.face].ink(text).width * style.size) / 1000;
  }

  lines(text: string, style: TextStyle): Line[] {
    const widthOf = (part: string) => this.#width(part, style);
    return breakLines(text, { width: MEASURE, indent: style.indent, space: widthOf(' '), widthOf });
  }

  place(lines: Line[], style: TextStyle): number[] {
    const height = style.size > BODY.size ? Math.ceil((style.size * 1.2) / BOOK_FORMAT.leading) : 1;
    return lines.map((line, index) => {
      if (this.linesLeft < height || this.#leavesOneLineAlone(lines.length, index)) this.turnPage();
      this.#row += height;
      this.#draw(line, style, index === 0 ? style.indent : 0, this.#baseline(this.#row));
      return this.pageCount;
    });
  }

  /** A paragraph’s first line does not end a page, nor its last begin one. */
  #leavesOneLineAlone(count: number, index: number): boolean {
    if (this.#row === 0 || count < 2) return false;
    if (index === 0) return this.linesLeft === 1;
    return count > 3 && index === count - 2 && this.linesLeft === 1;
  }

  skip(lines: number): void {
    this.#row = Math.min(LINES_PER_PAGE, this.#row + lines);
  }

  turnPage(): void {
    this.#finishPage();
    this.#sheet = new Sheet(this.#doc, BOOK_FORMAT.width, BOOK_FORMAT.height);
    this.pageCount += 1;
    this.#row = 0;
    this.#bare = { head: false, folio: false };
  }

  nameChapter(chapter: string): void {
    this.#chapter = chapter;
  }

  leaveBare(parts: { head: boolean; folio: boolean }): void {
    this.#bare = parts;
  }

  async save(): Promise<Uint8Array> {
    if (!this.#sheet) this.turnPage();
    this.#finishPage();
    this.#sheet = undefined;
    return this.#doc.save({ objectsPerTick: Number.POSITIVE_INFINITY });
  }

  #baseline(row: number): number {
    return BOOK_FORMAT.height - BOOK_FORMAT.top - row * BOOK_FORMAT.leading;
  }

  #draw(line: Line, style: TextStyle, indent: number, baseline: number): void {
    const face = this.#faces[style.face];
    const space = face.ink(' ');
    const naturalGap = (space.width * style.size) / 1000;
    const gaps = line.words.length - 1;
    const spread = line.justified && !style.centred && gaps > 0;
    const gap = spread ? (MEASURE - indent - line.width) / gaps : naturalGap;
    const margin = this.pageCount % 2 === 1 ? BOOK_FORMAT.inner : BOOK_FORMAT.outer;
    const slack = style.centred ? (MEASURE - line.width - gaps * gap) / 2 : indent;
    const words = line.words.map((word) => face.ink(word));
    this.#sheet?.draw(words, { left: margin + slack, baseline, size: style.size, gap, space });
  }

  #finishPage(): void {
    if (!this.#sheet) return;
    const head = this.pageCount % 2 === 0 ? this.#title : this.#chapter;
    if (!this.#bare.head) {
      this.#drawOneLine(head, RUNNING_HEAD, BOOK_FORMAT.height - BOOK_FORMAT.top + 14);
      this.#sheet.readLastLineFirst();
    }
    if (!this.#bare.folio) this.#drawOneLine(`${this.pageCount}`, FOLIO, BOOK_FORMAT.bottom - 26);
    this.#sheet.finish();
  }
  /** What does not fit is cut off and shows it. */
  #drawOneLine(text: string, style: TextStyle, baseline: number): void {
    const [whole, more] = this.lines(text, style);
    const [line] = more && whole ? this.lines(`${whole.words.slice(0, -1).join(' ')}…`, style) : [whole];
    if (line) this.#draw(line, style, 0, baseline);
  }
}
