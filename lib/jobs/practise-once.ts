import { setImmediate } from 'node:timers/promises';
import { log } from '@/lib/log';
import { readNovel } from '@/lib/pdf/read-novel';
import { practiseReading } from '@/lib/pdf/run-pdf-task';
import { expectAnswers } from '@/lib/rewrite/offline/grammar-processes';
import { SAMPLE_PDF } from '@/lib/sample';
import { chooseSettings } from './chosen-settings';
import { estimateRead } from './estimate-novel';
import { LONG_NOVEL } from './practise-chunk';
import { listenAhead } from './watch-jobs';

/** Whoever has started the app looks at it first: on two cores practice would keep them waiting for two seconds more. */
export const PRACTICE_DELAY_MS = 2_000;
/** Until all of the nursery has been used: memory that nobody has touched is slow to come by. */
const ROUNDS = 15;
const SAMPLES_IN_NOVEL = 40;

let hasPractised = false;

/**
 * The first novel after a start finds processes that have read before, connections that stand, and code that is compiled:
 * without, its 500 pages take a second and a half longer. To be asked by a route, since what runs when the app starts has a
 * copy of these modules, and of their processes, to itself.
 */
export function practiseOnce(): void {
  if (hasPractised) return;
  hasPractised = true;
  setTimeout(() => {
    expectAnswers();
    practise().catch((error: unknown) => log.warn({ err: error }, 'the first novel comes without practice'));
  }, PRACTICE_DELAY_MS).unref();
}

async function practise(): Promise<void> {
  await listenAhead();
  const settings = { ...chooseSettings({}), engine: 'gemini' as const };
  const { pages, sentences } = await readNovel(SAMPLE_PDF, settings);
  practiseReading();
  const read = { pages, sentences: Array.from({ length: SAMPLES_IN_NOVEL }, () => sentences).flat() };
  for (let round = 0; round < ROUNDS; round += 1) {
    await estimateRead(read, new Map(), LONG_NOVEL, settings);
    await setImmediate();
  }
}
