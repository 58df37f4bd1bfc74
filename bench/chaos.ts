import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { closeDatabase, openDatabase, sql } from '@/db/client';
import { addUser } from '@/db/testing/factories';
import { type FakeGemini, type Fault, startFakeGemini } from '@/e2e/support/fake-gemini';
import { errorAnswer } from '@/e2e/support/fake-gemini-answers';
import { type KillProduct, startKillProduct, type Target } from '@/e2e/support/kill-product';
import { makeNovel } from '@/e2e/support/novel-maker';
import { createRandom, type Random } from '@/e2e/support/novel-random';
import { findMiscounts } from '@/lib/jobs/testing/legal-states';
import type { Measurement } from './measurement';

interface Chaos {
  seed: number;
  pages: number;
  callSeconds: number;
  killEverySeconds: number;
}

const CHAOS: Chaos = { seed: 1, pages: 500, callSeconds: 30, killEverySeconds: 60 };
const ERRORS = 0.1;
const TIME_OUTS = 0.05;
const PATIENCE_MS = 25 * 60_000;
const TARGETS = ['web', 'engine', 'postgres', 'all'] as const;
const FAULTS = [
  errorAnswer(500, 'INTERNAL'),
  { status: 502, body: '<html>Bad Gateway</html>' },
  errorAnswer(503, 'UNAVAILABLE'),
  errorAnswer(504, 'DEADLINE_EXCEEDED'),
  'reset',
  'cut',
] as const satisfies Fault[];

/** From a model's answer to its being stored, on a busy machine. */
const STORING_MS = 5_000;

/** A long novel while the model fails and stalls and the product's processes are killed, one a minute. */
export async function run(chaos = CHAOS): Promise<Measurement[]> {
  const random = createRandom(chaos.seed);
  const faults = { errors: 0, timeOuts: 0 };
  const fake = await startFakeGemini({ latencyMs: chaos.callSeconds * 1000 });
  const product = await startKillProduct(fake.url, {
    MODEL_CALL_TIMEOUT_SECONDS: String(2 * chaos.callSeconds),
  });
  openDatabase(product.databaseUrl);
  try {
    const novel = await makeNovel({ seed: chaos.seed, pages: chaos.pages });
    const file = join(product.dataDir, 'novel.pdf');
    await writeFile(file, novel.pdf);
    fake.setFaults(() => misbehave(random, faults));
    const began = performance.now();
    product.startJob(file, await addUser());
    const kills = await killUntilEnd(product, chaos.killEverySeconds * 1000);
    const seconds = (performance.now() - began) / 1000;
    const end = await findEnd();
    process.stdout.write(`  ended: ${end.status} ${end.error ?? ''}\n`);
    const wrong = (await findMiscounts(end.id)) ?? ['the job is gone'];
    if (wrong.length > 0) throw new Error(`seed ${chaos.seed}: ${wrong.join('; ')}`);
    return [
      { what: 'sentences of the novel', value: novel.sentences.length, unit: '' },
      {
        what: 'of them accounted for',
        value: (100 * end.accounted) / novel.sentences.length,
        unit: '%',
        goal: { atLeast: 100 },
      },
      { what: 'of those to be rewritten, rewritten', value: end.rewrittenPercent, unit: '%', goal: { atLeast: 99 } },
      { what: 'rewritten by the model', value: end.byModelPercent, unit: '%' },
      { what: 'chunks lost', value: end.lost, unit: 'chunks' },
      { what: 'processes killed', value: kills.length, unit: 'kills', goal: { atLeast: 1 } },
      { what: 'model calls', value: fake.calls.length, unit: 'calls' },
      { what: 'of them failed', value: faults.errors, unit: 'calls' },
      { what: 'of them without an answer', value: faults.timeOuts, unit: 'calls' },
      {
        what: 'answered, and asked again though nobody had died',
        value: countPaidTwice(fake.calls, kills),
        unit: 'calls',
        goal: { atMost: 0 },
      },
      { what: 'in all', value: seconds, unit: 's' },
    ];
  } finally {
    await closeDatabase();
    await product.close();
    await fake.close();
  }
}

function misbehave(random: Random, faults: { errors: number; timeOuts: number }): Fault | undefined {
  const chance = random.next();
  if (chance < ERRORS) {
    faults.errors += 1;
    return random.pick(FAULTS);
  }
  if (chance >= ERRORS + TIME_OUTS) return undefined;
  faults.timeOuts += 1;
  return 'hang';
}

/** One after the other, in turn. Answers when. */
async function killUntilEnd(product: KillProduct, everyMs: number): Promise<number[]> {
  const kills: number[] = [];
  const deadline = Date.now() + PATIENCE_MS;
  for (let dueAt = Date.now() + everyMs; !(await hasEnded()); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(`the job does not end: ${JSON.stringify(await findEnd())}`);
    if (Date.now() < dueAt) continue;
    const target: Target = TARGETS[kills.length % TARGETS.length] ?? 'all';
    kills.push(Date.now());
    product.kill(target);
    await product.revive(target);
    dueAt += everyMs;
    process.stdout.write(`  killed: ${target}\n`);
  }
  return kills;
}

/** False while the database is away. */
const hasEnded = () =>
  sql()`select from jobs where status in ('completed', 'failed', 'cancelled')`.then(
    (ended) => ended.length > 0,
    () => false,
  );

async function findEnd() {
  const [end] = await sql()<
    {
      id: string;
      status: string;
      error: string | null;
      accounted: number;
      rewrittenPercent: number;
      byModelPercent: number;
      lost: number;
    }[]
  >`
    select jobs.id, jobs.status, jobs.error_code as error, jobs.failed_chunks as lost,
      count(*) filter (where sentences.status <> 'pending')::int as accounted,
      100.0 * count(*) filter (where rewritten) / count(*) filter (where wanted) as "rewrittenPercent",
      100.0 * count(*) filter (where rewritten and method like 'gemini%') / count(*) filter (where wanted) as "byModelPercent"
    from jobs join sentences on sentences.job_id = jobs.id,
      -- What an engine gave back as it was has a flag that says why.
      lateral (select sentences.status = 'rewritten' as rewritten,
        sentences.status in ('pending', 'rewritten', 'failed') or flags <> '{}' as wanted) as asked
    group by jobs.id`;
  if (!end) throw new Error('there is no job with a sentence');
  return { ...end, rewrittenPercent: Number(end.rewrittenPercent), byModelPercent: Number(end.byModelPercent) };
}

/** A sentence is asked for again with reasons, or when the death of a process lost its answer; nothing else excuses it. */
function countPaidTwice(calls: FakeGemini['calls'], kills: number[]): number {
  const isExcused = ({ startedAt, endedAt = Number.POSITIVE_INFINITY }: FakeGemini['calls'][number]) =>
    kills.some((at) => startedAt <= at && at <= endedAt + STORING_MS);
  return calls.filter((call, index) => {
    if (call.status !== 200 || call.aborted || isExcused(call)) return false;
    const later = calls
      .slice(index + 1)
      .flatMap(({ numbers, repeated }) => numbers.filter((n) => !repeated.includes(n)));
    return call.numbers.some((number) => later.includes(number));
  }).length;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      pages: { type: 'string' },
      call: { type: 'string' },
      every: { type: 'string' },
    },
  });
  const found = await run({
    seed: Number(values.seed ?? CHAOS.seed),
    pages: Number(values.pages ?? CHAOS.pages),
    callSeconds: Number(values.call ?? CHAOS.callSeconds),
    killEverySeconds: Number(values.every ?? CHAOS.killEverySeconds),
  });
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
}
