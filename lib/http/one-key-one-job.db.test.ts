import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/v1/jobs/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { signAccessToken } from '@/lib/auth/access-token';
import { newId } from '@/lib/ids';

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
  }),
);
connectTestDatabase();
afterAll(remove);

let pdf: Uint8Array;
beforeAll(async () => {
  ({ pdf } = await makeNovel({ seed: 3, pages: 1 }));
});

it('fifty uploads at once with one key make one job, one file and one answer', async () => {
  const userId = await addUser();
  const authorization = `Bearer ${await signAccessToken(userId)}`;
  const key = newId();
  const send = () => {
    // Each with a boundary of its own, as every client makes them.
    const headers = { authorization, 'idempotency-key': key };
    const request = new Request('http://localhost/api/v1/jobs', { method: 'POST', body: novelForm(pdf), headers });
    return POST(request, { params: Promise.resolve({}) });
  };
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 409]));
  const first = answers.find(({ status }) => status === 202);
  const again = await send();
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
  expect(again.headers.get('location')).toBe(first?.headers.get('location'));
  expect(await again.text()).toBe(await first?.text());
  expect(await sql()`select 1 from jobs where user_id = ${userId}`).toHaveLength(1);
  const files = join(dataDir, 'files');
  expect(existsSync(files) ? readdirSync(files).filter((name) => name.endsWith('.pdf')) : []).toHaveLength(1);
});
