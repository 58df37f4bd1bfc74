import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFakeGemini } from '@/e2e/support/fake-gemini';
import { makeNovel } from '@/e2e/support/novel-maker';
import { estimateNovel } from '@/lib/jobs/estimate-novel';
import { CONTEXT_CHARACTERS, chunkOfPage, planChunks } from '@/lib/jobs/plan-chunks';
import { inspectPdf } from '@/lib/pdf/inspect-pdf';
import { readNovel } from '@/lib/pdf/read-novel';
import { createGeminiEngine } from '@/lib/rewrite/gemini/gemini-engine';
import { decide } from '@/lib/rewrite/needs-rewrite';
import { createOfflineEngine } from '@/lib/rewrite/offline/offline-engine';
import type { Measurement } from './measurement';

const MADE = [1, 2, 5, 12, 30, 31, 60, 120];
const LIMITS = [8, 12, 20];
const SETTINGS = {
  engine: 'gemini',
  geminiModel: 'balanced',
  minWords: 2,
  ignoreDialogue: false,
  fixHyphenation: true,
  preserveFormatting: true,
} as const;

/** The estimate of a novel against what the fake Gemini counts for it: made novels, and the PDFs of FIXTURES_DIR. */
export async function run(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'novel-estimate-'));
  const fake = await startFakeGemini();
  const offs: number[] = [];
  try {
    for (const file of [...(await makeNovels(folder)), ...fixtures()]) {
      for (const maxWords of LIMITS) {
        const off = await compare(file, maxWords, fake.url).catch((error: unknown) => {
          process.stdout.write(`  ${path.basename(file)}: not read (${error instanceof Error ? error.message : ''})\n`);
          return undefined;
        });
        if (off === undefined) continue;
        process.stdout.write(
          `  ${path.basename(file)}, limit ${maxWords}: ${off >= 0 ? '+' : ''}${off.toFixed(1)} %\n`,
        );
        offs.push(Math.abs(off));
      }
    }
  } finally {
    await fake.close();
    await rm(folder, { recursive: true });
  }
  const sorted = offs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return [
    { what: 'novels × limits', value: sorted.length, unit: '' },
    { what: 'estimate off by, median', value: at(0.5), unit: '%' },
    { what: 'estimate off by, p90', value: at(0.9), unit: '%', goal: { atMost: 15 } },
    { what: 'estimate off by, most', value: at(1), unit: '%' },
  ];
}

async function makeNovels(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const pages of MADE) {
    const file = path.join(folder, `made-${pages}-pages.pdf`);
    await writeFile(file, (await makeNovel({ seed: pages, pages })).pdf);
    files.push(file);
  }
  return files;
}

function fixtures(): string[] {
  const root = process.env.FIXTURES_DIR;
  if (root === undefined) {
    process.stdout.write('  FIXTURES_DIR is not set: made novels only\n');
    return [];
  }
  return ['B_real', 'D_made']
    .map((name) => path.join(root, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith('.pdf'));
}

/** By how many percent the estimate is above what was used; undefined when nothing was. */
async function compare(file: string, maxWords: number, baseUrl: string): Promise<number | undefined> {
  const { pages } = await inspectPdf(file, { maxPages: 10_000 });
  const plan = planChunks(pages);
  const settings = { ...SETTINGS, maxWords };
  const { tokens: estimated } = await estimateNovel(file, plan, settings);
  const novel = await readNovel(file, { fixHyphenation: true });
  const open = novel.sentences
    .map((sentence, position) => ({ ...sentence, position, chunk: chunkOfPage(plan.chunks, sentence.pageStart) }))
    .filter((sentence) => decide(sentence, settings) === 'rewrite');
  const pageText = (page: number) =>
    novel.sentences
      .filter(({ pageStart }) => pageStart === page)
      .map(({ text }) => text)
      .join(' ');
  const engine = createGeminiEngine({ apiKey: 'bench', baseUrl, fallback: createOfflineEngine() });
  let used = 0;
  for (const [chunk, sentences] of Map.groupBy(open, (sentence) => sentence.chunk)) {
    const before = pageText(chunk.pageStart - 1).slice(-CONTEXT_CHARACTERS);
    const after = pageText(chunk.pageEnd + 1).slice(0, CONTEXT_CHARACTERS);
    await engine.rewrite(
      { sentences, before, after, settings },
      {
        signal: new AbortController().signal,
        beforeCall: async () => undefined,
        onSettled: async (_, usage) => {
          used += usage.tokens;
        },
      },
    );
  }
  return used === 0 ? undefined : (100 * (estimated - used)) / used;
}
