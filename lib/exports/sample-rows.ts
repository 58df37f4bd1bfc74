import type { ExportRow } from './export-row';

/** For tests: a row with what matters to them set. */
export const rowWith = (row: Partial<ExportRow> & { position: number }): ExportRow => ({
  page_start: 1,
  page_end: 1,
  paragraph: row.position,
  kind: 'narration',
  status: 'kept',
  method: null,
  flags: [],
  original: `Phrase ${row.position}.`,
  rewrites: [],
  ...row,
});

/** A heading, a rewritten paragraph across two pages, a failed stretch of two paragraphs, a sentence kept. */
export const SAMPLE_ROWS: ExportRow[] = [
  rowWith({ position: 0, kind: 'heading', original: 'Chapitre premier' }),
  rowWith({
    position: 1,
    paragraph: 1,
    status: 'rewritten',
    method: 'offline',
    original: 'Il ouvrit la porte et sortit, car la nuit tombait.',
    rewrites: ['Il ouvrit la porte.', 'Il sortit.', 'La nuit tombait.'],
  }),
  rowWith({ position: 2, paragraph: 1, page_end: 2, original: 'Le vent tournait.' }),
  rowWith({
    position: 3,
    page_start: 2,
    page_end: 2,
    status: 'failed',
    original: 'Elle lut la lettre, puis la brûla.',
  }),
  rowWith({
    position: 4,
    page_start: 2,
    page_end: 3,
    status: 'failed',
    original: 'Personne ne sut ce qu’elle disait.',
  }),
  rowWith({ position: 5, page_start: 3, page_end: 3, kind: 'dialogue', original: '—\u00a0Adieu\u202f! dit-il.' }),
];
