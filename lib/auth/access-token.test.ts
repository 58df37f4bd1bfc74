import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { ACCESS_TOKEN_SECONDS, signAccessToken, verifyAccessToken } from './access-token';

const { environment } = await vi.hoisted(async () => {
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  return { environment: prepareEnvironment({}) };
});
afterAll(() => environment.remove());
afterEach(() => {
  vi.useRealTimers();
});

it('is whose it says until it is old, however often it was shown before', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const token = await signAccessToken('colette', 3);
  for (const _ of [1, 2]) expect(await verifyAccessToken(token)).toEqual({ sub: 'colette', epoch: 3 });
  vi.setSystemTime(Date.now() + (ACCESS_TOKEN_SECONDS + 1) * 1000);
  expect(await verifyAccessToken(token)).toBeUndefined();
});

it('is nobody’s when a character of it was changed', async () => {
  const token = await signAccessToken('colette');
  await verifyAccessToken(token);
  const [head, body = '', mark] = token.split('.');
  const changed = Buffer.from(body, 'base64url').toString().replace('colette', 'another');
  for (const forged of [`${head}.${Buffer.from(changed).toString('base64url')}.${mark}`, `${head}.${body}.`, ''])
    expect(await verifyAccessToken(forged)).toBeUndefined();
});
