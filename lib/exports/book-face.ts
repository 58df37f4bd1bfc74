import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';
import { inkable } from './inkable';
import { unwrapWoff } from './unwrap-woff';

export type FaceStyle = 'normal' | 'italic';

/** EB Garamond comes in one file per alphabet; the first that has a character draws it. */
const ALPHABETS = ['latin', 'latin-ext', 'cyrillic', 'greek'] as const;
const NO_BREAK_SPACE = '\u00a0';
const NARROW_SPACE = '\u202f';
/** Thousandths of an em by which U+202F, missing in the face, is narrower than U+00A0, by which it is drawn. */
const NARROWING = 70;

type LoadedFont = ReturnType<typeof fontkit.create>;

interface Alphabet {
  font: LoadedFont;
  embedded: PDFFont;
}

/** A word ready to be drawn: the parts of one font each, as the inside of a TJ array. */
export interface Ink {
  parts: { font: PDFFont; glyphs: string }[];
  /** Thousandths of the font size. */
  width: number;
}

export interface BookFace {
  ink: (text: string) => Ink;
}

const require = createRequire(import.meta.url);
const FONTS = path.join(path.dirname(require.resolve('@fontsource/eb-garamond/package.json')), 'files');
const fontFile = (alphabet: string, style: FaceStyle) => path.join(FONTS, `eb-garamond-${alphabet}-400-${style}.woff`);

const codePoint = (character: string) => character.codePointAt(0) ?? 0;

/** Embeds the alphabets that the text needs, each cut down to the glyphs used. */
async function embedAlphabets(
  doc: PDFDocument,
  style: FaceStyle,
  characters: ReadonlySet<string>,
): Promise<Alphabet[]> {
  const alphabets: Alphabet[] = [];
  let missing = [...characters];
  for (const name of ALPHABETS) {
    if (alphabets.length > 0 && missing.length === 0) break;
    const bytes = unwrapWoff(await readFile(fontFile(name, style)));
    const font = fontkit.create(bytes);
    const left = missing.filter((character) => !font.hasGlyphForCodePoint(codePoint(character)));
    if (alphabets.length === 0 || left.length < missing.length) {
      alphabets.push({ font, embedded: await doc.embedFont(bytes, { subset: true }) });
    }
    missing = left;
  }
  return alphabets;
}

function drawWith({ font, embedded }: Alphabet, text: string): { glyphs: string; width: number } {
  const codes = embedded.encodeText(text).asString();
  const { glyphs, positions } = font.layout(text);
  let width = 0;
  let array = '<';
  for (const [index, glyph] of glyphs.entries()) {
    const advance = positions[index]?.xAdvance ?? glyph.advanceWidth;
    const kern = Math.round(glyph.advanceWidth - advance);
    width += glyph.advanceWidth - kern;
    array += codes.slice(index * 4, index * 4 + 4);
    if (kern !== 0) array += `>${kern}<`;
  }
  return { glyphs: `${array}>`, width };
}

/** The book face for all the text that will be set in it; what it cannot draw is replaced, never refused. */
export async function loadBookFace(doc: PDFDocument, style: FaceStyle, texts: Iterable<string>): Promise<BookFace> {
  const characters = new Set<string>();
  for (const text of texts) for (const character of text.normalize('NFC')) characters.add(character);
  const alphabets = await embedAlphabets(doc, style, characters);
  const [latin] = alphabets;
  if (!latin) throw new Error('No font of the book face could be loaded.');

  const owners = new Map<string, Alphabet | undefined>();
  const ownerOf = (character: string) => {
    if (!owners.has(character)) {
      owners.set(
        character,
        alphabets.find(({ font }) => font.hasGlyphForCodePoint(codePoint(character))),
      );
    }
    return owners.get(character);
  };

  const draw = (text: string): Ink => {
    const ink: Ink = { parts: [], width: 0 };
    let run = '';
    let runOwner = latin;
    const flush = () => {
      if (!run) return;
      const { glyphs, width } = drawWith(runOwner, run);
      ink.parts.push({ font: runOwner.embedded, glyphs });
      ink.width += width;
      run = '';
    };
    for (const character of inkable(text, (each) => each === NARROW_SPACE || ownerOf(each) !== undefined)) {
      const narrow = character === NARROW_SPACE;
      const owner = narrow ? latin : (ownerOf(character) ?? latin);
      if (owner !== runOwner || narrow) flush();
      runOwner = owner;
      run += narrow ? NO_BREAK_SPACE : character;
      if (!narrow) continue;
      flush();
      ink.parts.push({ font: latin.embedded, glyphs: `${NARROWING}` });
      ink.width -= NARROWING;
    }
    flush();
    return ink;
  };

  const drawn = new Map<string, Ink>();
  return {
    ink: (text) => {
      let ink = drawn.get(text);
      if (!ink) {
        ink = draw(text);
        drawn.set(text, ink);
      }
      return ink;
    },
  };
}
