import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { lookTogether } from './look-together';

connectTestDatabase();

it('asks once for all who look in one turn, and anew in the next', async () => {
  const { userId, jobId } = await addJob();
  const first = lookTogether(userId, jobId);
  expect(lookTogether(userId, jobId)).toBe(first);
  await nextTurn();
  await sql()`update jobs set model_calls = model_calls + 1 where id = ${jobId}`;
  const later = await lookTogether(userId, jobId);
  expect(later.version).toBe((await first).version + 1);
});

it('shares nothing with somebody else', async () => {
  const [{ userId, jobId }, stranger] = [await addJob(), await addUser()];
  const own = lookTogether(userId, jobId);
  await expect(lookTogether(stranger, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await own).job.id).toBe(jobId);
});
