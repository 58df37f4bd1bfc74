import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type AddedJob, addJob, type JobPlan } from '@/db/testing/factories';
import type { Fault } from '@/e2e/support/fake-gemini';
import { makeNovel } from '@/e2e/support/novel-maker';
import { makeWrongFile } from '@/e2e/support/novel-wrong-file';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { reserveCredits } from '@/lib/credits/ledger';
import { AppError, ERRORS } from '@/lib/errors';
import { actionOn, FAILURES, type FailureKind } from '@/lib/failures';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { processChunk } from '@/lib/jobs/process-chunk';
import { getJob } from '@/lib/jobs/queries';
import { isTerminal } from '@/lib/jobs/status';
import { storeFile } from '@/lib/storage/store';
import { killReaders } from './testing/kill-readers';
import { MODEL_FAULTS } from './testing/model-faults';

const { environment, fake, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
    MODEL_CALL_TIMEOUT_SECONDS: '1',
  });
  return { environment, fake, enginePort };
});

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;

beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
beforeEach(async () => {
  fake.reset();
  await sql()`delete from model_pace`;
});
afterEach(async () => {
  await sql()`drop trigger if exists refuse on sentences`;
});
afterAll(async () => {
  await pipeline.close();
  await fake.close();
  environment.remove();
});

const ATTEMPTS = 4;
/** One chunk that is done and one with a sentence for the model, waiting to start. */
const addWaiting = (plan: JobPlan = {}) =>
  addJob({
    chunks: [{ status: 'done', sentences: ['kept'] }, { sentences: ['pending'] }],
    ...plan,
    job: { engine: 'gemini', ...plan.job },
  });

/** A novel that has not been read. */
async function addUnread(file: Uint8Array, pages = 1, job: JobPlan['job'] = { engine: 'offline' }) {
  const { key } = await storeFile(Readable.from([Buffer.from(file)]), 50e6);
  return addJob({ chunks: [{}], novel: { storageKey: key, pages }, job });
}

async function end({ userId, jobId }: AddedJob) {
  const job = await vi.waitUntil(
    async () => {
      const { job: now } = await getJob(userId, jobId);
      return isTerminal(now.status) && now;
    },
    { timeout: 50_000, interval: 20 },
  );
  const [chunk] = await sql()`
    select status, attempts, error_code as code from chunks where job_id = ${jobId} order by index desc limit 1`;
  const [sentence] = await sql()`
    select status, method, flags from sentences where job_id = ${jobId} order by position desc limit 1`;
  return { job, chunk, sentence };
}

async function run(added: AddedJob) {
  await announce(jobStartedEvent({ jobId: added.jobId, run: 0, workers: 1, priority: 0 }));
  return end(added);
}

/** The first `times` times. */
function misbehave(fault: Fault, times = Number.POSITIVE_INFINITY) {
  let left = times;
  fake.setFaults(() => {
    left -= 1;
    return left >= 0 ? fault : undefined;
  });
}

type Row = (typeof FAILURES)[FailureKind];
const modelRows = (...actions: Row['action'][]) =>
  Object.entries(FAILURES).flatMap(([kind, { code, action }]) => {
    const [, fault] = Object.entries(MODEL_FAULTS).find(([name]) => name === kind) ?? [];
    return fault && actions.includes(action) ? [{ kind, code, fault }] : [];
  });

const doneAfter = (attempts: number) => ({
  job: { status: 'completed', partial: false },
  chunk: { status: 'done', attempts },
  sentence: { status: 'rewritten', method: 'gemini' },
});
const lostAfter = (attempts: number, code: string) => ({
  job: { status: 'completed', partial: true, sentences: { kept: 1, failed: 1 } },
  chunk: { status: 'failed', attempts, code },
  sentence: { status: 'failed' },
});

describe('a model that fails for a while', () => {
  it.each(modelRows('back off', 'retry when told'))('$kind: is asked again', async ({ fault, code }) => {
    misbehave(fault, 1);
    // Asked to slow down, a step waits within its attempt; see docs/decisions/0004-model-pace.md.
    expect(await run(await addWaiting())).toMatchObject(doneAfter(code === 'MODEL_RATE_LIMITED' ? 1 : 2));
    expect(fake.calls).toHaveLength(2);
  });

  it.each(modelRows('retry when told'))('$kind: is asked again when it said, not before', async ({ fault }) => {
    misbehave(fault, 1);
    await run(await addWaiting());
    const [first, second] = fake.calls;
    expect((second?.startedAt ?? 0) - (first?.endedAt ?? 0)).toBeGreaterThanOrEqual(999);
  });

  it.each(modelRows('back off', 'retry when told').filter(({ code }) => code !== 'MODEL_RATE_LIMITED'))(
    '$kind: is tried again three times and no more, then the chunk is a gap',
    async ({ fault, code }) => {
      misbehave(fault);
      expect(await run(await addWaiting())).toMatchObject(lostAfter(ATTEMPTS, code));
      expect(fake.calls).toHaveLength(ATTEMPTS);
    },
  );
});

describe('a model that fails for good', () => {
  it.each(modelRows('fail chunk'))('$kind: is not asked again, and the chunk is a gap', async ({ fault, code }) => {
    misbehave(fault);
    expect(await run(await addWaiting())).toMatchObject(lostAfter(1, code));
    expect(fake.calls).toHaveLength(1);
  });

  it.each(modelRows('next rung'))('$kind: the sentence goes down the ladder to its end', async ({ fault, code }) => {
    misbehave(fault);
    const { job, chunk, sentence } = await run(await addWaiting());
    expect({ job, chunk }).toMatchObject({
      job: { status: 'completed', partial: false },
      chunk: { status: 'done', attempts: 1 },
    });
    const blocked = code === 'MODEL_BLOCKED' ? ['blocked_by_model'] : [];
    expect(sentence?.flags).toEqual(['over_limit', 'fell_back_to_offline', ...blocked]);
    expect(fake.calls.length).toBeLessThanOrEqual(3);
  });
});

/** Refuses what an engine made, the first `times` times, as a database that goes away would; a sequence is never rolled back. */
async function refuseResults(times: number, errcode: string) {
  await sql().unsafe(`
    drop sequence if exists refusals;
    create sequence refusals;
    create or replace function refuse() returns trigger language plpgsql as $$ begin
      if nextval('refusals') <= ${times} then raise exception 'refused' using errcode = '${errcode}'; end if;
      return new;
    end $$;
    create trigger refuse before update on sentences for each row when (new.status = 'rewritten') execute function refuse()`);
}

const WRONG_FILES = {
  fileNoPdf: 'not-a-pdf',
  fileDamaged: 'damaged',
  fileEncrypted: 'encrypted',
  fileHoldsNoText: 'no-text',
  textUndecodable: 'garbled',
} as const satisfies Partial<Record<FailureKind, string>>;

/** What is no fault of the model. */
const PLAYS: Partial<Record<FailureKind, () => Promise<void>>> = {
  connectionRefused: async () => {
    await fake.setListening(false);
    const lost = await run(await addWaiting());
    await fake.setListening(true);
    expect(lost).toMatchObject(lostAfter(ATTEMPTS, FAILURES.connectionRefused.code));
  },
  budgetSpent: async () => {
    const added = await addWaiting({ job: { reservedCredits: 1, modelTokens: 110_000 } });
    await db().transaction((tx) => reserveCredits(tx, { ...added, run: 0 }, 1));
    const { job, chunk, sentence } = await run(added);
    expect([job.status, chunk?.status, sentence?.flags.at(-1)]).toEqual(['completed', 'done', 'fell_back_to_offline']);
    expect(fake.calls).toEqual([]);
  },
  chunkTimedOut: async () => {
    misbehave('hang');
    const { jobId } = await addWaiting({ status: 'processing' });
    const chunk = (isLastAttempt: boolean) => processChunk(jobId, 1, { isLastAttempt, timeoutMs: 200 });
    await expect(chunk(false)).rejects.toMatchObject({ code: FAILURES.chunkTimedOut.code });
    expect(await chunk(true)).toMatchObject({ outcome: 'failed' });
  },
  noTimeLeft: async () => {
    const startedAt = new Date(Date.now() - 26 * 60_000);
    expect(await run(await addWaiting({ job: { startedAt } }))).toMatchObject(lostAfter(0, FAILURES.noTimeLeft.code));
    expect(fake.calls).toEqual([]);
  },
  databaseLost: async () => {
    await refuseResults(1, '57P01');
    expect(await run(await addWaiting())).toMatchObject(doneAfter(2));
  },
  unexpected: async () => {
    await refuseResults(ATTEMPTS, '22012');
    expect(await run(await addWaiting())).toMatchObject(lostAfter(ATTEMPTS, FAILURES.unexpected.code));
  },
  cancelled: async () => {
    misbehave('hang');
    const added = await addWaiting();
    const running = run(added);
    await expect.poll(() => fake.calls.length).toBe(1);
    await cancelJob(added.userId, added.jobId, 'reader');
    expect(await running).toMatchObject({ job: { status: 'cancelled' }, chunk: { attempts: 1, code: null } });
    await expect.poll(() => fake.calls.map(({ aborted }) => aborted)).toEqual([true]);
  },
  fileGone: async () => {
    const forgotten = await addJob({ chunks: [{}], job: { engine: 'gemini' } });
    const removed = await addJob({ chunks: [{}], novel: { storageKey: 'removed.pdf' }, job: { engine: 'gemini' } });
    for (const added of [forgotten, removed]) {
      const { job } = await run(added);
      expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.fileGone.code]);
    }
  },
  fileTooComplex: async () => {
    const { pdf } = await makeNovel({ seed: 5, pages: 30 });
    let isOver = false;
    const killing = killReaders(() => isOver);
    const { job } = await run(await addUnread(pdf, 30));
    isOver = true;
    expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.fileTooComplex.code]);
    expect(await killing).toBeGreaterThanOrEqual(2);
  },
  earlierJobGone: async () => {
    const { pdf } = await makeNovel({ seed: 6, pages: 1 });
    const { job } = await run(await addUnread(pdf, 1, { engine: 'gemini', sentencesCached: 1 }));
    expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.earlierJobGone.code]);
    expect(fake.calls).toEqual([]);
  },
  accountsWrong: async () => {
    const { job } = await run(await addWaiting({ job: { sentencesTotal: 3 } }));
    expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.accountsWrong.code]);
  },
  ...Object.fromEntries(
    Object.entries(WRONG_FILES).map(([kind, wrong]) => [
      kind,
      async () => {
        const { job, chunk } = await run(await addUnread(await makeWrongFile(wrong)));
        const [, row] = Object.entries(FAILURES).find(([name]) => name === kind) ?? [];
        expect([job.status, job.error?.code, chunk?.attempts]).toEqual(['failed', row?.code, 0]);
      },
    ]),
  ),
};

describe('what is no fault of the model', () => {
  it.each(Object.entries(PLAYS))('%s', (_, play) => play());
});

describe('the table', () => {
  it('has no row that is not played', () => {
    expect([...Object.keys(MODEL_FAULTS), ...Object.keys(PLAYS)].sort()).toEqual(Object.keys(FAILURES).sort());
  });

  it('tries again what readers are told may pass, and nothing else', () => {
    // A job without time has none in this run, but another run has.
    for (const [kind, { code, action }] of Object.entries(FAILURES)) {
      if (action === 'next rung' || kind === 'noTimeLeft') continue;
      const isTriedAgain = action === 'back off' || action === 'retry when told';
      expect([kind, isTriedAgain]).toEqual([kind, ERRORS[code].retryable]);
    }
  });

  it.each(Object.entries(FAILURES))('%s: the error says what to do', (_, { code, action }) => {
    const delay = action === 'retry when told' ? { retryAfterMs: 1 } : {};
    expect(actionOn(new AppError(code, undefined, delay))).toBe(action);
  });
});

it('no line of the novel goes to the engine with an error', async () => {
  const { pdf, sentences } = await makeNovel({ seed: 3, pages: 1 });
  const added = await addUnread(pdf);
  await sql().unsafe(`
    create or replace function refuse() returns trigger language plpgsql as $$ begin
      raise exception 'no %', new.original using errcode = '22023', detail = new.original;
    end $$;
    create trigger refuse before insert on sentences for each row execute function refuse()`);
  const { job } = await run(added);
  expect(job.error?.code).toBe('INTERNAL');
  // The step was tried again, not the function around it.
  const runs = await sql()`select attempts from inngest_embedded.runs where status = 'Failed'`;
  expect(runs).toEqual([{ attempts: 1 }]);
  const kept = await sql()<{ kept: string }[]>`
    select concat(steps.output, runs.error) as kept
    from inngest_embedded.runs runs left join inngest_embedded.steps steps on run_id = runs.id
    union all select body::text from inngest_embedded.events`;
  const all = kept.map((row) => row.kept).join('\n');
  expect(all).toContain('a value was refused');
  expect(sentences.filter((text) => all.includes(text))).toEqual([]);
});
