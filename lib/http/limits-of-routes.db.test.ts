import { afterAll, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { nowSeconds, signAccessToken } from '@/lib/auth/access-token';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { consume } from '@/lib/rate-limit/consume';
import { type PolicyName, policyOf } from '@/lib/rate-limit/policies';
import { type Ask, RULES } from './testing/access-rules';
import { sendTo } from './testing/send-to';
import { servedRoutes } from './testing/served-routes';

const { environment, engine } = await vi.hoisted(async () => {
  const { startIdleEngine } = await import('@/e2e/support/idle-engine');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const engine = await startIdleEngine();
  const environment = prepareEnvironment({
    INNGEST_DEV: engine.url,
    ASYNC_PROCESSING_PERCENT: '0',
    PROCESS_LIMIT_PER_HOUR: '3',
  });
  return { environment, engine };
});

connectTestDatabase();
afterAll(async () => {
  await engine.close();
  environment.remove();
});

/** Counted for every route, or for whoever signs in: limits.db.test.ts and rate-limit.db.test.ts play them. */
type OfAll = 'reads' | 'requests' | 'anonymous' | 'sign-in' | 'sign-in-account' | 'sign-in-address';

const COUNTED: Record<Exclude<PolicyName, OfAll>, string[]> = {
  novels: [
    'POST /api/v1/jobs',
    'POST /api/v1/jobs/confirm',
    'POST /api/v1/jobs/[jobId]/retry',
    'POST /api/v1/process-pdf',
  ],
  estimates: ['POST /api/v1/estimate', 'POST /api/v1/estimate/[quoteId]'],
  exports: ['GET /api/v1/jobs/[jobId]/export', 'GET /api/v1/account/export'],
  registrations: ['POST /api/v1/auth/register'],
  'webhook-trials': ['POST /api/v1/webhooks/[webhookId]/test'],
};
const isCounted = (policy: string): policy is keyof typeof COUNTED => Object.hasOwn(COUNTED, policy);
const rows = Object.keys(COUNTED)
  .filter(isCounted)
  .flatMap((policy) => COUNTED[policy].map((name) => ({ policy, name })));

const routes = await servedRoutes();
function routeOf(name: string) {
  const route = routes.find((served) => served.name === name);
  if (!route) throw new Error(`no ${name} is served`);
  return route;
}
const headersOf = async (userId: string, address: string) => ({
  [PEER_ADDRESS]: address,
  authorization: `Bearer ${await signAccessToken(userId, 0, nowSeconds())}`,
});
const ask: Ask = async (name, userId, subject) => sendTo(routeOf(name), await headersOf(userId, '::1'), subject);

it.each(rows)('$name lets through what « $policy » allows, and not one more', async ({ policy, name }) => {
  const [userId, address, rule] = [await addUser(), '192.0.2.1', RULES[name]];
  const subject = async () => (await rule?.subject?.(userId, ask)) ?? {};
  const [last, oneMore] = [await subject(), await subject()];
  const who = rule?.lets === 'anybody' ? address : userId;
  const { remaining } = await consume(policy, who);
  for (let left = remaining; left > 1; left -= 1) await consume(policy, who);

  const headers = await headersOf(userId, address);
  const answer = await sendTo(routeOf(name), headers, last);
  expect(answer.status, await answer.text()).toBe(rule?.with);
  expect(answer.headers.get('ratelimit')).toContain(`"${policy}";r=0;`);

  const refused = await sendTo(routeOf(name), headers, oneMore);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(policyOf(policy).seconds / 2);
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', violated_policies: [policy] });
});
