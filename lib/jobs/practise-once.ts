import { setImmediate } from 'node:timers/promises';
import { asWork } from '@/db/client';
import { log } from '@/lib/log';
import { SAMPLE } from '@/lib/pdf/practice-sample';
import { readNovel } from '@/lib/pdf/read-novel';
import { practiseReading } from '@/lib/pdf/run-pdf-task';
import { expectAnswers } from '@/lib/rewrite/offline/grammar-processes';
import { beginChunk } from './begin-chunk';
import { chooseSettings } from './chosen-settings';
import { estimateRead } from './estimate-novel';
import { mayCallModel } from './may-call-model';
import { planChunks } from './plan-chunks';
import { toRows } from './sentence-rows';
import { settleLast } from './settle-sentences';
import { listenAhead } from './watch-jobs';
import { workAlone } from './work-alone';

const ROUNDS = 10;
/** Of a novel with as many chunks at once as there may be. */
const MANY_PAGES = 500;
/** The id of no job. */
const NONE = '';

let hasPractised = false;

/**
 * The first novel after a start finds processes that have read before, connections that stand, and code that is compiled:
 * without, its 500 pages take a second and a half longer. To be asked by a route, since what runs when the app starts has a
 * copy of these modules, and of their processes, to itself.
 */
export function practiseOnce(): void {
  if (hasPractised) return;
  hasPractised = true;
  expectAnswers();
  practise().catch((error: unknown) => log.warn({ err: error }, 'the first novel comes without practice'));
}

async function practise(): Promise<void> {
  await listenAhead();
  const settings = { ...chooseSettings({}), engine: 'gemini' as const };
  const plan = planChunks(MANY_PAGES);
  const read = await readNovel(SAMPLE, settings);
  practiseReading();
  for (let round = 0; round < ROUNDS; round += 1) {
    await asWork(() => Promise.all(Array.from({ length: plan.workers }, practiseChunk)));
    await estimateRead(read, new Map(), plan, settings);
    toRows(read, plan.chunks, settings);
    await setImmediate();
  }
}

/** All that a chunk asks of the database, of a job that is not there. */
async function practiseChunk(): Promise<void> {
  await workAlone(
    `practice ${process.pid}`,
    () => Promise.resolve(false),
    async () => undefined,
  );
  await beginChunk(NONE, 0, NONE);
  await mayCallModel(NONE, NONE);
  await settleLast(NONE, 0, [], { calls: 0, tokens: 0 }, NONE);
}
