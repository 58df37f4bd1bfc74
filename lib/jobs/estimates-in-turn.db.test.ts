import { afterAll, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel } from '@/e2e/support/novel-maker';
import { quote } from './testing/run-novels';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);
vi.setConfig({ testTimeout: 90_000 });

const MANY = 12;

it('whoever asks for one price does not wait for all that another asks for', async () => {
  const { pdf } = await makeNovel({ seed: 5, pages: 20 });
  const [busy, other] = [await addUser(), await addUser()];
  // The processes that read have started.
  await quote(busy, pdf);
  const done: string[] = [];
  const ask = async (who: string) => {
    await quote(who, pdf);
    done.push(who);
  };
  const all = Array.from({ length: MANY }, () => ask(busy));
  await expect.poll(() => done.length, { interval: 1 }).toBeGreaterThan(0);
  await Promise.all([...all, ask(other)]);
  expect(done.indexOf(other)).toBeLessThan(MANY / 2 + 1);
});
