import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Passage } from '@/lib/exports/passages';
import { typesetNovel } from '@/lib/exports/typeset-novel';

/** Typesets the short story of `samples/` as a book; the same text gives the same bytes. */
const folder = path.join(import.meta.dirname, '../samples');
const name = 'la-derniere-tournee';
const DATE = new Date('2026-01-01T00:00:00Z');

function passageOf(block: string): Passage {
  const heading = block.startsWith('# ');
  return { paragraphs: [{ kind: heading ? 'heading' : 'narration', text: heading ? block.slice(2) : block }] };
}

const story = await readFile(path.join(folder, `${name}.txt`), 'utf8');
const passages = story
  .trim()
  .split(/\n{2,}/u)
  .map(passageOf);
const pdf = await typesetNovel({ title: 'La Dernière Tournée', subtitle: 'Nouvelle', date: DATE, passages });
await writeFile(path.join(folder, `${name}.pdf`), pdf);
process.stdout.write(`samples/${name}.pdf: ${passages.length} paragraphs, ${pdf.length} bytes\n`);
