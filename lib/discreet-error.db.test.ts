import { expect, it } from 'vitest';
import { db } from '@/db/client';
import { sentences } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { discreet } from './discreet-error';

connectTestDatabase();

const LINE = 'Elle referma le volet bleu.';

async function storeNowhere() {
  const place = { jobId: 'none', position: 0, chunkIndex: 0, pageStart: 1, pageEnd: 1, paragraph: 0 };
  await db()
    .insert(sentences)
    .values({ ...place, kind: 'narration', original: LINE, status: 'pending' });
}

it('a query that failed tells what it was, where it was asked and why, and no value', async () => {
  const error = await storeNowhere().catch(discreet);
  expect(error).toMatchObject({
    name: 'PostgresError',
    message: expect.stringContaining('a chunk that there is not'),
    code: '23503',
    table_name: 'sentences',
    query: expect.stringContaining('insert into "sentences"'),
    stack: expect.stringContaining('storeNowhere'),
  });
  expect(JSON.stringify([error, error instanceof Error && error.stack])).not.toContain(LINE);
});
