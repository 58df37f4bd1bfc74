import { createApi } from '@/lib/client/api';
import { listOperations, readApiDocument } from '@/lib/http/testing/api-document';
import { fuzzApi } from '@/lib/http/testing/fuzz-api';
import type { Measurement } from './measurement';
import { startBenchApp } from './support/bench-app';

const REQUESTS = 5_000;
/** Another each day, so that over time much is asked; a failure names it. */
const SEED = Math.floor(Date.now() / 86_400_000);
const NO_LIMITS = { PROCESS_LIMIT_PER_HOUR: '1000000', REQUEST_LIMIT_PER_MINUTE: '1000000' };

/** Asks the built product over HTTP whatever its OpenAPI document suggests; the first wrong answer ends it. */
export async function run(): Promise<Measurement[]> {
  const app = await startBenchApp({
    ...NO_LIMITS,
    LOG_LEVEL: 'error',
    NEXTAUTH_SECRET: 'a secret of the bench, 32 or longer',
  });
  try {
    const tokenOf = async (email: string) => {
      const reader = { email, password: 'trois lampes dans la brume' };
      const open = createApi({ baseUrl: app.url });
      await open.register(reader);
      return (await open.token(reader)).access_token;
    };
    const startedAt = performance.now();
    const { statuses } = await fuzzApi({
      baseUrl: app.url,
      send: (request) => fetch(request),
      tokens: {
        reader: await tokenOf('fuzz@example.org'),
        'somebody else': await tokenOf('fuzz-too@example.org'),
        'somebody who leaves': await tokenOf('fuzz-no-more@example.org'),
        'a forger': 'fnt_nothing.of.ours',
      },
      secrets: [process.cwd(), 'a secret of the bench'],
      requests: REQUESTS,
      seed: SEED,
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const all = listOperations(readApiDocument()).length;
    const succeeded = [...statuses.values()].filter((counts) => [...counts.keys()].some((status) => status < 300));
    return [
      { what: `requests answered as documented, seed ${SEED}`, value: REQUESTS, unit: '', goal: { atLeast: REQUESTS } },
      { what: 'operations that were asked', value: (100 * statuses.size) / all, unit: '%', goal: { atLeast: 100 } },
      {
        what: 'operations that were asked well, too',
        value: (100 * succeeded.length) / all,
        unit: '%',
        goal: { atLeast: 75 },
      },
      { what: 'requests a second, one after another', value: REQUESTS / seconds, unit: '/s' },
    ];
  } finally {
    await app.close();
  }
}
