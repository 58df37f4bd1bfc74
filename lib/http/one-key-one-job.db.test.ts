import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as estimate } from '@/app/api/v1/estimate/route';
import { POST as retry } from '@/app/api/v1/jobs/[jobId]/retry/route';
import { POST as confirm } from '@/app/api/v1/jobs/confirm/route';
import { POST as create } from '@/app/api/v1/jobs/route';
import { POST as process } from '@/app/api/v1/process-pdf/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { signAccessToken } from '@/lib/auth/access-token';
import { newId } from '@/lib/ids';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { deleteJob } from '@/lib/jobs/delete-job';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
    PROCESS_LIMIT_PER_HOUR: '3',
  }),
);
connectTestDatabase();
afterAll(remove);

let pdf: Uint8Array;
let another: Uint8Array;
let userId = '';
beforeAll(async () => {
  ({ pdf } = await makeNovel({ seed: 3, pages: 1 }));
  ({ pdf: another } = await makeNovel({ seed: 4, pages: 1 }));
});
beforeEach(async () => {
  userId = await addUser();
});
afterEach(() => {
  vi.useRealTimers();
});

type Params = Record<string, string>;
type Route<P extends Params> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

const post = async <P extends Params>(route: Route<P>, key: string, body: BodyInit, params: P) => {
  const headers = { authorization: `Bearer ${await signAccessToken(userId)}`, 'idempotency-key': key };
  const path = params.jobId === undefined ? 'jobs' : `jobs/${params.jobId}/retry`;
  const request = new Request(`http://localhost/api/v1/${path}`, { method: 'POST', body, headers });
  return route(request, { params: Promise.resolve(params) });
};
/** Each with a boundary of its own, as every client makes them. */
const upload = (route: Route<Record<string, never>>, key: string, novel = pdf) =>
  post(route, key, novelForm(novel), {});
const jobsOf = () => sql()<{ id: string }[]>`select id from jobs where user_id = ${userId}`;
const isReplayed = ({ headers }: Response) => headers.get('idempotent-replayed') === 'true';

const forget = () => sql()`
  update idempotency_keys set held_until = now() - interval '1 second' where user_id = ${userId}`;

/** As if the process died after the transaction that makes the job, and before the answer is kept. */
async function dying(send: () => Promise<Response>) {
  await sql()`create trigger dies before update on idempotency_keys for each row
    when (new.answer is not null) execute function die()`;
  const answer = await (await send()).json();
  await sql()`drop trigger dies on idempotency_keys`;
  await forget();
  return answer;
}
beforeAll(
  () => sql()`
  create function die() returns trigger language plpgsql as 'begin raise exception ''it died''; end'`,
);

it('fifty uploads at once with one key make one job, one file and one answer', async () => {
  const key = newId();
  const answers = await Promise.all(Array.from({ length: 50 }, () => upload(create, key)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 409]));
  const first = answers.find(({ status }) => status === 202);
  const again = await upload(create, key);
  expect([again.status, isReplayed(again)]).toEqual([202, true]);
  expect(again.headers.get('location')).toBe(first?.headers.get('location'));
  expect(await again.text()).toBe(await first?.text());
  expect(await jobsOf()).toHaveLength(1);
  const files = join(dataDir, 'files');
  expect(existsSync(files) ? readdirSync(files).filter((name) => name.endsWith('.pdf')) : []).toHaveLength(1);
});

describe('a key whose answer could not be kept answers for the job that was made under it', () => {
  it('of an upload', async () => {
    const key = newId();
    const first = await dying(() => upload(create, key));
    for (const _ of Array.from({ length: 5 })) {
      const again = await upload(create, key);
      expect([again.status, isReplayed(again), (await again.json()).id]).toEqual([202, true, first.id]);
    }
    expect(await jobsOf()).toHaveLength(1);
  });

  it('of a confirmation', async () => {
    const { quote_id } = await (await askRoute(estimate, userId, novelForm(pdf))).json();
    const send = () => post(confirm, key, JSON.stringify({ quote_id }), {});
    const key = newId();
    const first = await dying(send);
    const again = await send();
    expect([again.status, await again.json()]).toEqual([201, first]);
    expect(await jobsOf()).toHaveLength(1);
  });

  it('of a retry, though the run has ended meanwhile', async () => {
    const { jobId } = await addJob({ userId, status: 'cancelled' });
    const key = newId();
    const first = await dying(() => post(retry, key, '', { jobId }));
    await cancelJob(userId, jobId, 'me');
    const again = await post(retry, key, '', { jobId });
    expect([again.status, await again.json()]).toMatchObject([202, { retry_count: first.retry_count }]);
  });

  it('but not for another upload, and for none when the job is gone', async () => {
    const key = newId();
    const first = await dying(() => upload(create, key));
    expect(await (await upload(create, key, another)).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await dying(() => upload(create, key))).toMatchObject({ id: first.id });
    await deleteJob(userId, first.id);
    const anew = await upload(create, key);
    expect([anew.status, isReplayed(anew)]).toEqual([202, false]);
  });

  it('and not past its time', async () => {
    const key = newId();
    await dying(() => upload(create, key));
    await sql()`update idempotency_keys set expires_at = now() - interval '1 second' where user_id = ${userId}`;
    const anew = await upload(create, key, another);
    expect([anew.status, isReplayed(anew)]).toEqual([202, false]);
    expect(await jobsOf()).toHaveLength(2);
  });
});

describe('the call that waits', () => {
  const isWaitedFor = () => expect(globalThis.frenchNovelJobWatch?.listeners.size).toBe(1);

  /** Sends the novel, and lets the patience for it pass. */
  async function waitInVain(key: string) {
    vi.useFakeTimers({ toFake: ['Date'] });
    const answer = upload(process, key);
    await vi.waitFor(isWaitedFor, { timeout: 30_000 });
    vi.setSystemTime(Date.now() + 300_000);
    const problem = await (await answer).json();
    vi.useRealTimers();
    return problem;
  }

  it('waits for the same novel when it is sent again, and then tells what became of it', async () => {
    const key = newId();
    const first = await waitInVain(key);
    expect(first).toMatchObject({ status: 504, code: 'JOB_TIMED_OUT' });
    expect(await waitInVain(key)).toMatchObject({ status: 504, use_instead: first.use_instead });
    const [job] = await jobsOf();
    await cancelJob(userId, job?.id ?? '', 'me');
    for (const _ of Array.from({ length: 3 }))
      expect(await (await upload(process, key)).json()).toMatchObject({
        code: 'CANCELLED',
        use_instead: `/api/v1/jobs/${job?.id}`,
      });
    expect(await jobsOf()).toHaveLength(1);
    expect(await (await upload(process, key, another)).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('makes no second job beside one whose answer is long in coming, whoever holds the key by now', async () => {
    const key = newId();
    const slow = upload(process, key);
    await vi.waitFor(isWaitedFor, { timeout: 30_000 });
    expect(await (await upload(process, key)).json()).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await forget();
    const heir = upload(process, key);
    const [job] = await jobsOf();
    await cancelJob(userId, job?.id ?? '', 'me');
    for (const answer of [await slow, await heir]) expect(await answer.json()).toMatchObject({ code: 'CANCELLED' });
    expect(await jobsOf()).toHaveLength(1);
  });
});

it('a key that has gone to another before the job was written makes none', async () => {
  let slow: Promise<Response> | undefined;
  await sql().begin(async (tx) => {
    await tx`lock table novels in share mode`;
    slow = upload(create, newId());
    await vi.waitFor(async () => {
      const taken = await sql()`update idempotency_keys set holder = 'another' where user_id = ${userId} returning 1`;
      expect(taken).toHaveLength(1);
    });
  });
  expect(await (await slow)?.json()).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(await jobsOf()).toEqual([]);
});
