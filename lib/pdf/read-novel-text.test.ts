import fc from 'fast-check';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { readNovelText } from '@/lib/pdf/read-novel-text';
import { SAMPLE_PARAGRAPHS, SAMPLE_TO_SET } from './testing/sample-paragraphs';
import { type Typesetting, typesetNovel } from './testing/typeset-novel';

const plainSpaces = (text: string) => text.replace(/\s/gu, ' ');

async function read(options: Partial<Typesetting>, fixHyphenation = true) {
  const bytes = await typesetNovel([...SAMPLE_TO_SET, ...SAMPLE_TO_SET, ...SAMPLE_TO_SET], options);
  return readNovelText(bytes, { fixHyphenation });
}

const WRITTEN = [...SAMPLE_PARAGRAPHS, ...SAMPLE_PARAGRAPHS, ...SAMPLE_PARAGRAPHS];

describe('readNovelText', () => {
  it('gives the author’s paragraphs back, whatever the measure they were set in', async () => {
    const setting = fc.record({
      pageWidth: fc.integer({ min: 260, max: 420 }),
      pageHeight: fc.integer({ min: 260, max: 600 }),
      fontSize: fc.constantFrom(9, 10, 11.5),
    });
    await fc.assert(
      fc.asyncProperty(setting, async (options) => {
        const { paragraphs } = await read({ ...options, runningHead: 'Le gardien du phare', folios: true });
        expect(paragraphs.map(({ text }) => plainSpaces(text))).toEqual(WRITTEN);
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('tells dialogue from narration', async () => {
    const { paragraphs } = await read({});
    for (const { kind, text } of paragraphs) expect(kind).toBe(text.startsWith('—') ? 'dialogue' : 'narration');
  });

  it.each([90, 180, 270])('reads pages turned by %i degrees', async (rotate) => {
    const { paragraphs } = await read({ rotate });
    expect(paragraphs.map(({ text }) => plainSpaces(text))).toEqual(WRITTEN);
  });

  it('reads one column after the other', async () => {
    const { paragraphs } = await read({ columns: 2, pageWidth: 480, runningHead: 'Le gardien du phare', folios: true });
    expect(paragraphs.map(({ text }) => plainSpaces(text))).toEqual(WRITTEN);
  });

  it('leaves every hyphen where it was printed when asked to', async () => {
    const { paragraphs } = await read({}, false);
    const text = paragraphs.map((paragraph) => paragraph.text).join('\n');
    expect(text.match(/-/gu)?.length).toBeGreaterThan(WRITTEN.join('\n').match(/-/gu)?.length ?? 0);
    expect(plainSpaces(text).replaceAll('-', '')).toBe(WRITTEN.join('\n').replace(/[-]/gu, '').replace(/\n/gu, ' '));
  });

  it('says on which page a paragraph begins and where it turns the page', async () => {
    const { pages, paragraphs } = await read({ pageHeight: 260 });
    const turned = paragraphs.filter(({ pageTurns }) => pageTurns.length > 0);
    expect(turned.length).toBeGreaterThan(2);
    for (const { pageStart, pageTurns, text } of turned) {
      expect(pageTurns.map(({ page }) => page)).toEqual(pageTurns.map((_, index) => pageStart + 1 + index));
      for (const { offset } of pageTurns) expect(offset).toBeGreaterThan(0);
      for (const { offset } of pageTurns) expect(offset).toBeLessThan(text.length);
    }
    expect(pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
  });

  it('takes foot notes out of the text and their calls out of the sentences', async () => {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.TimesRoman);
    const page = pdf.addPage([320, 440]);
    const draw = (text: string, x: number, y: number, size: number) => page.drawText(text, { x, y, size, font });
    draw('Le vieux marin ouvrit la malle', 59, 380, 10);
    draw('1', 59 + font.widthOfTextAtSize('Le vieux marin ouvrit la malle', 10), 384, 6);
    draw('et en sortit une carte.', 45, 367.5, 10);
    draw('Elle était déchirée en deux morceaux inégaux.', 59, 355, 10);
    draw('1. Coffre de bois que les marins emportent à bord.', 45, 60, 7.5);
    const { paragraphs } = await readNovelText(await pdf.save(), { fixHyphenation: true });
    expect(paragraphs.map(({ kind, text }) => [kind, text])).toEqual([
      ['narration', 'Le vieux marin ouvrit la malle et en sortit une carte.'],
      ['narration', 'Elle était déchirée en deux morceaux inégaux.'],
      ['note', 'Coffre de bois que les marins emportent à bord.'],
    ]);
  });

  it('gives an initial back to its word', async () => {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.TimesRoman);
    const page = pdf.addPage([320, 440]);
    const draw = (text: string, x: number, y: number, size: number) => page.drawText(text, { x, y, size, font });
    draw('L', 45, 367.5, 30);
    draw('e premier soir, la mer resta calme et le', 65, 380, 10);
    draw('gardien put dormir jusqu’au matin sans', 65, 367.5, 10);
    draw('se relever une seule fois pour la lanterne.', 45, 355, 10);
    const { paragraphs } = await readNovelText(await pdf.save(), { fixHyphenation: true });
    expect(paragraphs.map(({ text }) => text)).toEqual([
      'Le premier soir, la mer resta calme et le gardien put dormir jusqu’au matin sans se relever une seule fois pour la lanterne.',
    ]);
  });
});
