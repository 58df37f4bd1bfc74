import { describe, expect, it } from 'vitest';
import { readPdfExport } from '@/e2e/support/read-exports';
import type { ExportRow } from './export-row';
import { exportPdf } from './pdf';
import { rowWith, SAMPLE_ROWS } from './sample-rows';
import { typesetNovel } from './typeset-novel';

const novelWith = (text: string) => ({
  title: 'Essai',
  subtitle: 'Réécrit',
  date: new Date(0),
  passages: [{ paragraphs: [{ kind: 'narration' as const, text }] }],
});

describe('exportPdf', () => {
  it('typesets the novel in a process of its own: title page, chapter, text, gap, folio', async () => {
    const pages = await readPdfExport(await exportPdf({ title: 'Le Phare de l’œuvre' }, SAMPLE_ROWS));
    expect(pages).toEqual([
      'Le Phare de l’œuvre Réécrit en phrases courtes',
      'Chapitre premier Il ouvrit la porte. Il sortit. La nuit tombait. Le vent tournait. ' +
        '[Pages 2 à 3 : ce passage n’a pas pu être réécrit. Voici le texte d’origine.] ' +
        'Elle lut la lettre, puis la brûla. Personne ne sut ce qu’elle disait. [Fin du texte d’origine.] ' +
        '— Adieu ! dit-il. 2',
    ]);
  });

  it('starts chapters on pages of their own, names them in the running heads and numbers the pages', async () => {
    const rows = Array.from({ length: 90 }, (_, position) =>
      position % 45 === 0
        ? rowWith({ position, kind: 'heading', original: `Chapitre ${position / 45 + 1}` })
        : rowWith({
            position,
            original: `La phrase numéro ${position} est assez longue pour occuper la ligne et davantage.`,
          }),
    );
    const pages = await readPdfExport(await exportPdf({ title: 'Grand livre' }, rows));
    expect(pages.filter((page) => page.startsWith('Chapitre 2 La phrase numéro 46'))).toHaveLength(1);
    expect(pages[2]).toMatch(/^Chapitre 1 .* 3$/u);
    expect(pages[3]).toMatch(/^Grand livre .* 4$/u);
  });
});

describe('many who want a PDF at once', () => {
  /** A novel that is read to its end when it is let, and says so when it is begun. */
  const novels = () => {
    const read = Promise.withResolvers<void>();
    let begun = 0;
    async function* rows(): AsyncGenerator<ExportRow> {
      begun += 1;
      yield* SAMPLE_ROWS.slice(0, 1);
      await read.promise;
    }
    const ask = (who: string, signal?: AbortSignal) =>
      exportPdf({ title: 'Essai' }, rows(), { who, ...(signal && { signal }) });
    return { ask, letGo: read.resolve, begun: () => begun };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('are served two at a time, twenty wait with nothing in hand, eight of one reader, and one more is told to come back', async () => {
    const { ask, letGo, begun } = novels();
    const all = Array.from({ length: 10 }, () => ask('Léa'));
    await expect(ask('Léa')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    all.push(...Array.from({ length: 12 }, (_, i) => ask(`reader ${i}`)));
    await expect(ask('another')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 10_000 });
    await settled();
    expect(begun()).toBe(2);
    letGo();
    const made = await Promise.all(all);
    expect(begun()).toBe(22);
    expect(made.every((pdf) => pdf.length > 1000)).toBe(true);
  });

  it('make room when they go away, before their turn or in it', async () => {
    const { ask, letGo, begun } = novels();
    const gone = new AbortController();
    const leaving = Promise.allSettled(Array.from({ length: 12 }, (_, i) => ask(`reader ${i}`, gone.signal)));
    const staying = Array.from({ length: 10 }, (_, i) => ask(`who stays ${i}`));
    await settled();
    gone.abort();
    const later = Array.from({ length: 10 }, (_, i) => ask(`who comes ${i}`));
    letGo();
    const cancelled = expect.objectContaining({ reason: expect.objectContaining({ code: 'CANCELLED' }) });
    expect(await leaving).toEqual(Array.from({ length: 12 }, () => cancelled));
    await Promise.all([...staying, ...later]);
    expect(begun()).toBe(22);
    await expect(ask('Léa', gone.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(begun()).toBe(22);
  });
});

describe('typesetNovel', () => {
  it('draws what the face has and replaces the rest', async () => {
    const text = 'Ça, l’œuf, Łódź, сказка, λόγος, مرحبا, 日本語, 😀\u0000\u0007\ud800 fin.';
    const [, page] = await readPdfExport(await typesetNovel(novelWith(text)));
    expect(page).toMatch(/^Essai Ça, l’œuf, Łódź, сказка, λόγος, \?, \?, \? ?fin\. 2$/u);
  });

  it('gives the same novel the same bytes', async () => {
    const novel = novelWith('Une phrase comme une autre.');
    expect(await typesetNovel(novel)).toEqual(await typesetNovel(novel));
  });

  it('survives a novel without a word', async () => {
    expect(
      await readPdfExport(await typesetNovel({ ...novelWith(''), title: '', subtitle: '', passages: [] })),
    ).toEqual(['']);
  });
});
