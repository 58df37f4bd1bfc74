import { availableParallelism } from 'node:os';
import { log } from '@/lib/log';
import { createOffloader, type Offloader } from '@/lib/offload';
import type { GrammarWork } from './worker';

/** One core is left to the web process and the database: on two cores, two were no sooner done, and all others waited. */
const PROCESSES = Math.max(1, Math.min(2, availableParallelism() - 1));
const IDLE_MS = 600_000;
const MAX_MEMORY_MB = 1024;
/** Every word of an answer is an object for a moment. */
const NURSERY_MB = 32;

let processes: Offloader | undefined;

/** The lexicons live in child processes shared by the whole server: its own thread never loads them. */
export function askGrammar<O>(work: GrammarWork, limits: { timeoutMs: number; signal?: AbortSignal }): Promise<O> {
  processes ??= createOffloader('lib/rewrite/offline/worker.ts', {
    processes: PROCESSES,
    idleMs: IDLE_MS,
    nurseryMb: NURSERY_MB,
    inBackground: true,
  });
  return processes.run<O>(work, { ...limits, maxMemoryMb: MAX_MEMORY_MB });
}

const PREPARE_TIMEOUT_MS = 30_000;

/** Loads the lexicons before the first chunks come, so that these do not wait for them. */
export const expectGrammar = (workers: number) => prepare({ verb: 'load' }, workers);

/** Warms up for checking what a model will answer, while it is at work. */
export const expectAnswers = () => prepare({ verb: 'practise' }, PROCESSES);

function prepare(work: GrammarWork, workers: number): void {
  for (let i = 0; i < Math.min(PROCESSES, workers); i += 1) {
    askGrammar(work, { timeoutMs: PREPARE_TIMEOUT_MS }).catch((error: unknown) =>
      log.warn({ err: error }, 'the grammar will be loaded when needed'),
    );
  }
}
