import { expect, it, vi } from 'vitest';
import { env } from '@/lib/env';

it('reads no configuration as it loads: where the database is comes to be known only later', async () => {
  await import('./bring-up');
  vi.stubEnv('DATABASE_URL', 'postgres://later@127.0.0.1:9/later');
  expect(env().DATABASE_URL).toBe('postgres://later@127.0.0.1:9/later');
  vi.unstubAllEnvs();
});
