import { NextRequest } from 'next/server';
import { expect, it, vi } from 'vitest';
import { GET, POST } from '@/app/api/auth/[...nextauth]/route';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { authOptions } from '@/lib/auth/auth-options';
import { log } from '@/lib/log';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { consume } from '@/lib/rate-limit/consume';
import { policyOf } from '@/lib/rate-limit/policies';

await vi.hoisted(async () => (await import('@/db/testing/prepare-environment')).prepareEnvironment());

connectTestDatabase();

const ask = (action: string, { address = '192.0.2.1', body }: { address?: string; body?: URLSearchParams } = {}) => {
  const init = { headers: { [PEER_ADDRESS]: address }, ...(body && { method: 'POST', body }) };
  const request = new NextRequest(`http://localhost/api/auth/${action}`, init);
  return (body ? POST : GET)(request, { params: Promise.resolve({ nextauth: action.split('/') }) });
};

it('nobody writes into the log', async () => {
  const written = vi.spyOn(log, 'error');
  for (const level of ['error', 'warn', 'constructor']) {
    const answer = await ask('_log', { body: new URLSearchParams({ level, code: 'x'.repeat(60_000) }) });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('ratelimit')).toMatch(/^"anonymous";r=\d+;t=\d+$/);
  }
  expect((await ask('_log')).status).toBe(404);
  expect(written).not.toHaveBeenCalled();
});

it('an address is let in as often as at our own doors for anybody, whatever it asks', async () => {
  const address = '192.0.2.2';
  for (let i = 0; i < policyOf('anonymous').points; i += 1) await consume('anonymous', address);
  for (const action of ['csrf', 'session', 'providers', '_log']) {
    const refused = await ask(action, { address });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ violated_policies: ['anonymous'] });
  }
  const body = new URLSearchParams({ email: 'lea@example.org', password: 'p' });
  expect((await ask('callback/password', { address, body })).status).toBe(429);
});

it('what is wrong with a request is no error of ours; what fails is', () => {
  const [error, debug] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'debug')];
  const { logger } = authOptions();
  logger?.error?.('JWT_SESSION_ERROR', new Error('Invalid Compact JWE'));
  logger?.error?.('INVALID_CALLBACK_URL_ERROR', new Error('Invalid callback URL. Received: x'));
  expect([error.mock.calls.length, debug.mock.calls.length]).toEqual([0, 2]);
  logger?.error?.('OAUTH_CALLBACK_ERROR', { error: new Error('refused'), providerId: 'google' });
  expect(error).toHaveBeenCalledOnce();
});
