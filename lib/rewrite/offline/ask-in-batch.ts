import { OffloadError } from '@/lib/offload';

/** Asks a child process, within a time; the answers stand in the order of the items. */
export type AskBatch<I, O> = (items: I[], timeoutMs: number) => Promise<O[]>;

const BATCH_TIMEOUT_MS = 60_000;
/** One of them starts a process, which loads its lexicons: on a busy machine for many seconds. */
const ITEM_TIMEOUT_MS = 30_000;

async function orElse<T>(work: Promise<T>, fallback: () => T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OffloadError) return fallback();
    throw error;
  }
}

/** When a batch brings its process down, its items are tried one by one and only the culprit is given up. */
export const askInBatch = <I, O>(items: I[], ask: AskBatch<I, O>, giveUp: (item: I) => O): Promise<O[]> =>
  orElse(ask(items, BATCH_TIMEOUT_MS), async () => {
    const answers: O[] = [];
    for (const item of items) answers.push(...(await orElse(ask([item], ITEM_TIMEOUT_MS), () => [giveUp(item)])));
    return answers;
  });
