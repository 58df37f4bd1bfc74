import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createOffloader } from '@/lib/offload';
import type { Measurement } from './measurement';
import type { NovelRead } from './support/read-one-novel';
import { scoreBigrams } from './support/score-bigrams';

const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 1024 };
const LAYOUT = '.layout.json';

/**
 * Reads every novel of FIXTURES_DIR/D_made that has its text (NAME.txt) and its layout (NAME.layout.json) beside it,
 * and compares the words. Says so and measures nothing when FIXTURES_DIR is not given.
 */
export async function run(): Promise<Measurement[]> {
  const folder = path.join(process.env.FIXTURES_DIR ?? '', 'D_made');
  if (process.env.FIXTURES_DIR === undefined || !existsSync(folder)) {
    process.stdout.write('  FIXTURES_DIR names no folder with novels: nothing to read\n');
    return [];
  }
  const novels = readdirSync(folder).flatMap((file) => (file.endsWith(LAYOUT) ? [file.slice(0, -LAYOUT.length)] : []));
  const measurements: Measurement[] = [];
  for (const novel of novels.sort()) measurements.push(...(await measure(folder, novel)));
  return measurements;
}

/** In a process of its own, so that the peak of memory is the novel's. */
async function measure(folder: string, novel: string): Promise<Measurement[]> {
  const offloader = createOffloader('bench/support/read-one-novel.ts', { processes: 1, idleMs: 1000 });
  try {
    const { text, pages, ms, peakMb } = await offloader.run<NovelRead>(path.join(folder, `${novel}.pdf`), LIMITS);
    const { recall, precision } = scoreBigrams(readFileSync(path.join(folder, `${novel}.txt`), 'utf8'), text);
    return [
      { what: `${novel}: recall`, value: 100 * recall, unit: '%', goal: { atLeast: 99.5 } },
      { what: `${novel}: precision`, value: 100 * precision, unit: '%', goal: { atLeast: 99 } },
      { what: `${novel}: time a page`, value: ms / pages, unit: 'ms' },
      { what: `${novel}: in all`, value: ms, unit: 'ms', goal: { atMost: 4000 } },
      { what: `${novel}: peak memory`, value: peakMb, unit: 'MB', goal: { atMost: 512 } },
    ];
  } finally {
    offloader.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
