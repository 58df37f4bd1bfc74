import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { db, sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, type JobPlan } from '@/db/testing/factories';
import { refuseChanges } from '@/db/testing/refuse-changes';
import type { Fault } from '@/e2e/support/fake-gemini';
import { makeNovel } from '@/e2e/support/novel-maker';
import { makeWrongFile } from '@/e2e/support/novel-wrong-file';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { reserveCredits } from '@/lib/credits/ledger';
import { FAILURES, type FailureKind } from '@/lib/failures';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';
import { processChunk } from '@/lib/jobs/process-chunk';
import { storeFile } from '@/lib/storage/store';
import { ATTEMPTS, addWaiting, doneAfter, lostAfter, run, runsOf } from './testing/failing-runs';
import { killChildren } from './testing/kill-children';
import { MODEL_FAULTS } from './testing/model-faults';

const { environment, fake, s3, enginePort } = await vi.hoisted(async () => {
  const { startFakeGemini } = await import('@/e2e/support/fake-gemini');
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const fake = await startFakeGemini();
  const { startS3Server } = await import('@/e2e/support/s3-server');
  const s3 = await startS3Server();
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: fake.url,
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
    MODEL_CALL_TIMEOUT_SECONDS: '1',
    S3_ENDPOINT: s3.place.endpoint,
    S3_BUCKET: s3.place.bucket,
    S3_REGION: s3.place.region,
    S3_ACCESS_KEY_ID: s3.place.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.place.secretAccessKey,
  });
  return { environment, fake, s3, enginePort };
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
afterAll(async () => {
  await pipeline.close();
  await fake.close();
  await s3.close();
  environment.remove();
});

/** A novel that has not been read. */
async function addUnread(file: Uint8Array, pages = 1, job: JobPlan['job'] = { engine: 'offline' }) {
  const { key } = await storeFile(Readable.from([Buffer.from(file)]), 50e6);
  return addJob({ chunks: [{}], novel: { storageKey: key, pages }, job });
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

/** What an engine made, the first `times` times. */
const refuseResults = (times: number, errcode: string) =>
  refuseChanges({ table: 'sentences', when: "new.status = 'rewritten'", times, errcode });

const WRONG_FILES = {
  fileEmpty: 'empty',
  fileNoPdf: 'not-a-pdf',
  fileDamaged: 'damaged',
  fileEncrypted: 'encrypted',
  fileHoldsNoPages: 'no-pages',
  fileHoldsNoText: 'no-text',
  textUndecodable: 'garbled',
} as const satisfies Partial<Record<FailureKind, string>>;

async function whileKilling<T>(entry: string, play: () => Promise<T>): Promise<T> {
  let isOver = false;
  const killing = killChildren(entry, () => isOver);
  const played = await play();
  isOver = true;
  expect(await killing).toBeGreaterThanOrEqual(2);
  return played;
}

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
    const allow = await refuseResults(1, '57P01');
    expect(await run(await addWaiting())).toMatchObject(doneAfter(1));
    await allow();
    expect(fake.calls).toHaveLength(1);
  },
  unexpected: async () => {
    const allow = await refuseResults(ATTEMPTS, '22012');
    expect(await run(await addWaiting())).toMatchObject(lostAfter(ATTEMPTS, FAILURES.unexpected.code));
    await allow();
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
  replyUncheckable: async () => {
    fake.setLatency(300);
    const ended = await whileKilling('offline/worker', async () => run(await addWaiting()));
    expect(ended).toMatchObject({ job: { status: 'completed' }, chunk: { attempts: 1 } });
    expect(ended.sentence?.flags).toEqual(['over_limit', 'fell_back_to_offline']);
    expect(fake.calls).toHaveLength(3);
  },
  storageAway: async () => {
    const { pdf } = await makeNovel({ seed: 7, pages: 1 });
    const added = await addUnread(pdf);
    s3.make(() => 'busy');
    const { job } = await run(added);
    s3.make();
    expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.storageAway.code]);
  },
  fileTooComplex: async () => {
    const { pdf } = await makeNovel({ seed: 5, pages: 30 });
    const { job } = await whileKilling('read-worker', async () => run(await addUnread(pdf, 30)));
    expect([job.status, job.error?.code]).toEqual(['failed', FAILURES.fileTooComplex.code]);
  },
  jobGone: async () => {
    fake.setLatency(300);
    const added = await addWaiting();
    await announce(jobStartedEvent({ jobId: added.jobId, run: 0, workers: 1, priority: 0 }));
    await expect.poll(() => fake.calls.length).toBe(1);
    await deleteJob(added.userId, added.jobId);
    await expect.poll(() => fake.calls.map(({ aborted }) => aborted)).toEqual([true]);
    await expect.poll(() => runsOf(added)).toEqual(['Completed']);
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
