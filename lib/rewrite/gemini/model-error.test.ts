import { expect, it } from 'vitest';
import { modelErrorOf } from './model-error';

const answer = (status: number, details: object[] = [], headers: Record<string, string> = {}) =>
  Response.json({ error: { code: status, message: 'API_KEY_INVALID 429', details } }, { status, headers });

const retryInfo = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });

it.each([
  [400, 'MODEL_REQUEST_REFUSED'],
  [401, 'MODEL_KEY_REFUSED'],
  [403, 'MODEL_KEY_REFUSED'],
  [404, 'MODEL_REQUEST_REFUSED'],
  [408, 'MODEL_TIMEOUT'],
  [413, 'MODEL_REQUEST_REFUSED'],
  [429, 'MODEL_RATE_LIMITED'],
  [500, 'MODEL_UNAVAILABLE'],
  [502, 'MODEL_UNAVAILABLE'],
  [503, 'MODEL_UNAVAILABLE'],
  [504, 'MODEL_TIMEOUT'],
] as const)('reads %i as %s whatever the message says', async (status, code) => {
  expect((await modelErrorOf(answer(status))).code).toBe(code);
  expect((await modelErrorOf(new Response('<html>429</html>', { status }))).code).toBe(code);
});

it('names the reasons, and repeats nothing that was said', async () => {
  const details = [
    { '@type': 'any', reason: 'KEY_SUSPENDED' },
    { '@type': 'any', reason: 'Elle ouvrit la porte.' },
  ];
  const { cause } = await modelErrorOf(answer(403, details));
  expect(cause).toEqual(new Error('the model answered 403 KEY_SUSPENDED'));
});

it('knows an unknown key by its typed reason', async () => {
  const reason = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
  expect((await modelErrorOf(answer(400, [reason]))).code).toBe('MODEL_KEY_REFUSED');
});

it.each([
  ['seconds in the header', answer(429, [], { 'retry-after': '7' }), 7000],
  ['whole seconds in RetryInfo', answer(429, [retryInfo('37s')]), 37_000],
  ['parts of a second in RetryInfo', answer(429, [retryInfo('0.25s')]), 250],
  ['the header before RetryInfo', answer(503, [retryInfo('37s')], { 'retry-after': '2' }), 2000],
  ['a date gone by', answer(429, [], { 'retry-after': 'Wed, 01 Jan 2025 00:00:00 GMT' }), 0],
  ['nothing', answer(429), undefined],
  ['what it cannot read', answer(429, [retryInfo('soon')], { 'retry-after': 'soon' }), undefined],
])('takes when to come back from %s', async (_, response, delayMs) => {
  expect((await modelErrorOf(response)).retryAfterMs).toBe(delayMs);
});

it('counts a date in the header from now', async () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const { retryAfterMs } = await modelErrorOf(answer(429, [], { 'retry-after': inAMinute }));
  expect(retryAfterMs).toBeGreaterThan(55_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});
