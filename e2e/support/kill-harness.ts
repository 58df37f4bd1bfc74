import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { closeDatabase, openDatabase, sql } from '@/db/client';
import { addUser } from '@/db/testing/factories';
import { findMiscounts } from '@/lib/jobs/testing/legal-states';
import { type FakeGemini, startFakeGemini } from './fake-gemini';
import { EDGES, type Edge, type KillProduct, killsWeb, startKillProduct, type Target } from './kill-product';
import { makeNovel } from './novel-maker';
import { createRandom } from './novel-random';

/** Who is killed, and when: at the n-th edge of that kind, or so long after the first. */
export interface Kill {
  target: Target;
  at: { edge: Edge; nth: number } | { afterMs: number };
}

export interface Ending {
  sentences: unknown[];
  /** Everything that counts, of the job and of its chunks. */
  accounts: unknown;
  /** Counters that a recount contradicts. */
  miscounts: string[] | undefined;
  calls: { stored: number; lost: number; unexplained: string[] };
  /** False when the job was over before the kill could strike. */
  isStruck: boolean;
  durationMs: number;
  /** How often each edge was passed. */
  edges: Record<Edge, number>;
}

/** From a model's answer to its being stored, on a busy machine. */
const STORING_MS = 5_000;
const PATIENCE_MS = 60_000;
/** Of an undisturbed novel, in which an instant is drawn: before it the upload is stored, after it little is left to kill. */
const WORKING_SHARE = 0.4;
const TARGETS = ['web', 'engine', 'web and engine', 'postgres', 'all'] as const;

export const describeKill = ({ target, at }: Kill) =>
  `${target} ${'edge' in at ? `when ${at.nth} ${at.edge}` : `after ${at.afterMs} ms`}`;

/** Every edge of every request once and then as many random instants, when and who dies chosen by the seed. */
export function planKills(seed: number, { edges, durationMs }: Pick<Ending, 'edges' | 'durationMs'>, instants: number) {
  const random = createRandom(seed);
  const target = () => random.pick(TARGETS);
  const atEdges = EDGES.flatMap((edge) =>
    Array.from({ length: edges[edge] }, (_, index): Kill => ({ target: target(), at: { edge, nth: index + 1 } })),
  );
  const atInstants = Array.from(
    { length: instants },
    (): Kill => ({ target: target(), at: { afterMs: random.between(0, durationMs * WORKING_SHARE) } }),
  );
  return [...atEdges, ...atInstants];
}

/** What is not as if nobody had been killed. */
export function differences(ending: Ending, undisturbed: Ending): string[] {
  return [
    ...(isDeepStrictEqual(ending.sentences, undisturbed.sentences) ? [] : ['other sentences']),
    ...(isDeepStrictEqual(ending.accounts, undisturbed.accounts)
      ? []
      : [`other accounts: ${JSON.stringify(ending.accounts)}`]),
    ...(ending.miscounts ?? ['the job is gone']),
    ...(ending.calls.stored === undisturbed.calls.stored ? [] : [`${ending.calls.stored} calls stored`]),
    ...ending.calls.unexplained.map((call) => `${call} asked again without an excuse`),
  ];
}

/**
 * What the model was asked, call by call: stored, or under way when the process that asked was killed, or without an
 * excuse. The death of engine or database is none: what was asked is waited for. What a process had sent when it was killed
 * may come in after that, but before the next one starts, at `webBackAt`.
 */
export function explainCalls(
  calls: FakeGemini['calls'],
  webKilledAt: number | undefined,
  webBackAt = webKilledAt,
): Ending['calls'] {
  const unexplained: string[] = [];
  let [stored, lost] = [0, 0];
  for (const [index, call] of calls.entries()) {
    const again = calls.slice(index + 1).find(({ numbers }) => numbers.some((one) => call.numbers.includes(one)));
    if (!again) stored += 1;
    else if (
      webKilledAt !== undefined &&
      webBackAt !== undefined &&
      call.startedAt <= webBackAt &&
      webBackAt <= again.startedAt &&
      webKilledAt - (call.endedAt ?? webKilledAt) < STORING_MS
    ) {
      lost += 1;
    } else unexplained.push(`call ${index + 1} for ${call.numbers.length} sentences from ${call.numbers[0]} on`);
  }
  return { stored, lost, unexplained };
}

export async function findEnding(jobId: string) {
  const [accounts] = await sql()`
    select status, partial, total_chunks, processed_chunks, failed_chunks, sentences_total, sentences_kept,
      sentences_rewritten, sentences_skipped, sentences_failed, model_calls, model_tokens, retry_count,
      (select json_agg(json_build_array(index, status, sentences, model_calls, model_tokens) order by index)
        from chunks where job_id = jobs.id) as chunks,
      (select json_agg(json_build_array(kind, amount) order by created_at, id)
        from ledger_entries where job_id = jobs.id) as ledger
    from jobs where id = ${jobId}`;
  const sentences = await sql()`
    select position, chunk_index, page_start, page_end, original, rewrites, status, method, flags, skip_reason
    from sentences where job_id = ${jobId} order by position`;
  return { accounts, sentences: [...sentences], miscounts: await findMiscounts(jobId) };
}

/** The newest job, once it has ended and its run too; a database that is away is asked again. */
export async function waitForEnd(since: number): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  for (; Date.now() < deadline; await sleep(50)) {
    const ended = await sql()<{ id: string }[]>`
      select id from (select id, status from jobs order by created_at desc limit 1) as newest
      where status in ('completed', 'failed', 'cancelled') and (select count(*) from jobs) = ${since + 1}
        and not exists (select from inngest_embedded.runs where status = 'Running' and fn like '%process-novel%')
    `.catch(() => []);
    if (ended[0]) return ended[0].id;
  }
  const state = await sql()`
    select jobs.status, jobs.step, processed_chunks, json_agg(to_jsonb(work) - 'slot_keys') as waiting
    from jobs left join inngest_embedded.jobs as work on true
    group by jobs.id order by jobs.created_at desc limit 1`;
  throw new Error(`the job does not end: ${JSON.stringify(state)}`);
}

/** Runs one novel after another through a product whose parts are killed on the way. */
export async function startKillHarness({ pages = 60, latencyMs = 400 } = {}) {
  const fake = await startFakeGemini({ latencyMs });
  const product: KillProduct = await startKillProduct(fake.url);
  openDatabase(product.databaseUrl);
  const file = join(product.dataDir, 'novel.pdf');
  const novel = await makeNovel({ seed: 45, pages });
  await writeFile(file, novel.pdf);
  let jobs = 0;

  async function run(kill?: Kill): Promise<Ending> {
    fake.reset();
    const began = performance.now();
    const edges: Record<Edge, number> = { asked: 0, done: 0, answered: 0 };
    let killedAt: number | undefined;
    let revival: Promise<void> = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const strike = () => {
      if (!kill || killedAt !== undefined) return;
      killedAt = Date.now();
      product.kill(kill.target);
      revival = product.revive(kill.target);
      revival.catch(() => undefined);
    };
    product.listen((edge, goOn) => {
      edges[edge] += 1;
      if (kill && 'afterMs' in kill.at && !timer) timer = setTimeout(strike, kill.at.afterMs);
      if (kill && 'edge' in kill.at && edge === kill.at.edge && edges[edge] === kill.at.nth) strike();
      goOn();
    });
    // Somebody new each time: nobody has credits for so many novels.
    product.startJob(file, await addUser());
    try {
      const jobId = await waitForEnd(jobs);
      clearTimeout(timer);
      await revival;
      const ending = await findEnding(jobId);
      const durationMs = performance.now() - began;
      return {
        ...ending,
        calls: explainCalls(fake.calls, kill && killsWeb(kill.target) ? killedAt : undefined, product.webStartedAt()),
        isStruck: killedAt !== undefined,
        durationMs,
        edges,
      };
    } catch (error) {
      throw new Error(`killed: ${kill ? describeKill(kill) : 'nobody'}`, { cause: error });
    } finally {
      jobs += 1;
    }
  }

  /** Novels until one was struck: an instant that came after the end of one is halved, since the first take longer. */
  async function* strikeBy(kill: Kill): AsyncGenerator<{ kill: Kill; ending: Ending }> {
    for (let next = kill; ; ) {
      const ending = await run(next);
      yield { kill: next, ending };
      if (ending.isStruck || 'edge' in next.at) return;
      next = { ...next, at: { afterMs: Math.floor(next.at.afterMs / 2) } };
    }
  }

  return {
    run,
    strikeBy,
    sentences: novel.sentences,
    close: async () => {
      await closeDatabase();
      await product.close();
      await fake.close();
    },
  };
}
