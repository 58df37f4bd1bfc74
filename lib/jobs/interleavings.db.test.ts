import { beforeAll, expect, it } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { interleaveJobs } from './testing/interleave-jobs';
import { countTransitions, findIllegalTransitions, recordTransitions } from './testing/legal-states';

connectTestDatabase();
beforeAll(recordTransitions);

it('comes to a true end through 1,000 interleavings of start, cancel, retry, edit, finish, crash and delete', async () => {
  const outcomes = await interleaveJobs(1000);
  expect(outcomes).toHaveLength(1000);
  expect(await findIllegalTransitions()).toEqual([]);
  const changes = await countTransitions();
  const left = Object.entries(changes).filter(([change]) => /^(?:completed|failed|cancelled) →/.test(change));
  expect(left.reduce((sum, [, n]) => sum + n, 0)).toBe(outcomes.reduce((sum, { retries }) => sum + retries, 0));
  expect(Object.keys(changes).length).toBe(10);
  expect(new Set(outcomes.map(({ end }) => end)).size).toBe(2);
}, 300_000);
