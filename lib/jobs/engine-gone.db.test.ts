import { afterAll, expect, it, vi } from 'vitest';
import { POST as estimateRoute } from '@/app/api/v1/estimate/route';
import { POST as confirmRoute } from '@/app/api/v1/jobs/confirm/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { getJob } from './queries';
import { Quote } from './quote-schema';
import { retryJob } from './retry-job';

// Without a key, as after a start at which it was taken out of the configuration.
const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({ GEMINI_API_KEY: '' }),
);
connectTestDatabase();
afterAll(environment.remove);

const GONE = { code: 'INVALID_INPUT', message: 'The engine gemini is not configured here.' };
const ledger = (userId: string) => sql()`select kind from ledger_entries where user_id = ${userId} and kind <> 'grant'`;

it('a quote of an engine that is gone is not confirmed, nor used up', async () => {
  const userId = await addUser();
  const { pdf } = await makeNovel({ seed: 3, pages: 1 });
  const { quote_id } = Quote.parse(await (await askRoute(estimateRoute, userId, novelForm(pdf))).json());
  await sql()`update quotes set engine = 'gemini', estimated_credits = 5 where id = ${quote_id}`;
  const refused = await askRoute(confirmRoute, userId, JSON.stringify({ quote_id }));
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ code: GONE.code, errors: [{ field: 'engine' }] });
  expect(await sql()`select used_at from quotes where id = ${quote_id}`).toEqual([{ used_at: null }]);
  expect(await sql()`select 1 from jobs where user_id = ${userId}`).toEqual([]);
  expect(await ledger(userId)).toEqual([]);
});

it('a job of such an engine is not tried again but with another', async () => {
  const { jobId, userId } = await addJob({ status: 'cancelled', job: { engine: 'gemini' } });
  await expect(retryJob(userId, jobId, {})).rejects.toMatchObject(GONE);
  const other = await addJob({ userId, status: 'cancelled' });
  await expect(retryJob(userId, other.jobId, { engine: 'gemini' })).rejects.toMatchObject(GONE);
  expect((await getJob(userId, jobId)).job).toMatchObject({ status: 'cancelled', retry_count: 0 });
  expect(await ledger(userId)).toEqual([]);
  expect(await retryJob(userId, jobId, { engine: 'offline' })).toMatchObject({ jobId, run: 1 });
});
