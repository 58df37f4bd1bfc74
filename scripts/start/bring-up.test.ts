import { expect, it, vi } from 'vitest';
import { env } from '@/lib/env';

it('what brings things up fixes no configuration as it loads: database and secrets are found only later', async () => {
  await import('./bring-up');
  await import('@/scripts/novel/find-instance');
  vi.stubEnv('DATABASE_URL', 'postgres://later@127.0.0.1:9/later');
  expect(env().DATABASE_URL).toBe('postgres://later@127.0.0.1:9/later');
  vi.unstubAllEnvs();
});
