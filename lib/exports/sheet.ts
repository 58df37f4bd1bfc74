import { deflateSync } from 'node:zlib';
import { type PDFDocument, type PDFFont, PDFName, type PDFPage, PDFRawStream } from 'pdf-lib';
import type { Ink } from './book-face';

/** PDF numbers: no exponent, no long tails. */
const number = (value: number) => `${Math.round(value * 1000) / 1000}`;

/** A page under way: its lines become one content stream. */
export class Sheet {
  readonly page: PDFPage;
  readonly #fontNames = new Map<PDFFont, string>();
  #lines: string[] = [];

  constructor(
    readonly doc: PDFDocument,
    width: number,
    height: number,
  ) {
    this.page = doc.addPage([width, height]);
  }

  #nameOf(font: PDFFont): string {
    let name = this.#fontNames.get(font);
    if (!name) {
      name = `F${this.#fontNames.size}`;
      this.#fontNames.set(font, name);
      this.page.node.setFontDictionary(PDFName.of(name), font.ref);
    }
    return name;
  }

  /** One typeset line; `gap` is the width of a space in points. */
  draw(words: Ink[], spot: { left: number; baseline: number; size: number; gap: number; space: Ink }): void {
    const { left, baseline, size, gap, space } = spot;
    const widen = number(space.width - (gap * 1000) / size);
    let out = `BT 1 0 0 1 ${number(left)} ${number(baseline)} Tm\n`;
    let font: PDFFont | undefined;
    let array = '';
    const parts = words.flatMap((word, index) =>
      index === 0
        ? word.parts
        : [...space.parts.map((part) => ({ ...part, glyphs: `${part.glyphs}${widen}` })), ...word.parts],
    );
    for (const part of parts) {
      if (part.font !== font) {
        if (array) out += `[${array}] TJ\n`;
        array = '';
        font = part.font;
        out += `/${this.#nameOf(font)} ${number(size)} Tf\n`;
      }
      array += part.glyphs;
    }
    if (array) this.#lines.push(`${out}[${array}] TJ ET\n`);
  }

  /** In the order of reading, which is that of the stream; on the paper nothing moves. */
  readLastLineFirst(): void {
    const last = this.#lines.pop();
    if (last) this.#lines.unshift(last);
  }

  finish(): void {
    const { context } = this.doc;
    const bytes = deflateSync(Buffer.from(this.#lines.join(''), 'latin1'));
    const dict = context.obj({ Filter: 'FlateDecode', Length: bytes.length });
    this.page.node.set(PDFName.of('Contents'), context.register(PDFRawStream.of(dict, bytes)));
  }
}
