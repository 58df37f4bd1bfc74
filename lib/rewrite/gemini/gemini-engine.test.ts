import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type FakeGemini, FORBIDDEN_KEY, REFUSED_KEY, startFakeGemini } from '@/e2e/support/fake-gemini';
import { type AppError, isAppError } from '@/lib/errors';
import type { LongSentence, Rewrite, RewriteEngine, RewriteRequest, Usage } from '@/lib/rewrite/engine';
import { createGeminiEngine, type GeminiEngineOptions } from './gemini-engine';

const LITE = 'gemini-2.5-flash-lite';
const MIDDLE = 'gemini-3.5-flash-lite';
const BEST = 'gemini-3.8-flash';
const PLAIN = 'Le vieux gardien ouvrit la lourde porte du phare et regarda longuement la mer grise.';

// The first check loads the lexicons.
vi.setConfig({ testTimeout: 60_000 });

let fake: FakeGemini;
beforeAll(async () => {
  fake = await startFakeGemini();
});
beforeEach(() => {
  fake.setLatency(0);
  fake.reset();
});
afterAll(() => fake.close());

const keepAll: RewriteEngine = {
  name: 'offline',
  rewrite: ({ sentences }, { onSettled }) =>
    onSettled(
      sentences.map(({ position, text }) => ({
        position,
        status: 'kept',
        rewrites: [text],
        method: 'kept',
        flags: ['over_limit'],
      })),
      { calls: 0, tokens: 0 },
    ),
};

/** Long sentences at positions 10, 11, …; a sentinel is put among the words of a plain one. */
const sentencesWith = (sentinels: string[]): LongSentence[] =>
  sentinels.map((sentinel, index) => ({
    position: 10 + index,
    kind: 'narration',
    text: sentinel === '' ? PLAIN : PLAIN.replace('longuement', `longuement vers ${sentinel}`),
  }));

interface Play {
  engine?: Partial<GeminiEngineOptions>;
  request?: Partial<RewriteRequest>;
  geminiModel?: 'speed' | 'balanced' | 'quality';
  signal?: AbortSignal;
  beforeCall?: () => Promise<void>;
}

/** Rewrites and tells all that the caller of the engine sees. */
async function play(sentinels: string[], options: Play = {}) {
  const settled: Rewrite[] = [];
  const usages: Usage[] = [];
  let error: AppError | undefined;
  const { signal = new AbortController().signal, beforeCall = async () => undefined } = options;
  const engine = createGeminiEngine({ apiKey: 'key', baseUrl: fake.url, fallback: keepAll, ...options.engine });
  const settings = { maxWords: 8, minWords: 2, geminiModel: options.geminiModel ?? 'balanced' };
  const request = { sentences: sentencesWith(sentinels), before: '', after: '', settings, ...options.request };
  const onSettled = async (rewrites: Rewrite[], usage: Usage) => {
    settled.push(...rewrites);
    usages.push(usage);
  };
  await engine.rewrite(request, { signal, beforeCall, onSettled }).catch((thrown: unknown) => {
    if (!isAppError(thrown)) throw thrown;
    error = thrown;
  });
  const inOrder = settled.toSorted((one, other) => one.position - other.position);
  return {
    positions: inOrder.map(({ position }) => position),
    methods: inOrder.map(({ method }) => method),
    flags: inOrder.map(({ flags }) => flags),
    rewrites: inOrder.map(({ rewrites }) => rewrites),
    usage: usages.reduce(add, { calls: 0, tokens: 0 }),
    error,
  };
}

const add = (sum: Usage, one: Usage): Usage => ({ calls: sum.calls + one.calls, tokens: sum.tokens + one.tokens });
const asked = () => fake.calls.map(({ numbers }) => numbers);
const models = () => fake.calls.map(({ model }) => model);

it('rewrites a request in one call and hands on the tokens it took', async () => {
  const { positions, methods, flags, rewrites, usage, error } = await play(['', '', '']);
  expect(error).toBeUndefined();
  expect(positions).toEqual([10, 11, 12]);
  expect(methods).toEqual(['gemini', 'gemini', 'gemini']);
  expect(flags).toEqual([[], [], []]);
  expect(rewrites[0]?.length).toBeGreaterThan(1);
  expect(usage.calls).toBe(1);
  expect(usage.tokens).toBeGreaterThan(100);
  expect(asked()).toEqual([[10, 11, 12]]);
});

it('asks the model that the setting names', async () => {
  for (const geminiModel of ['speed', 'balanced', 'quality'] as const) await play([''], { geminiModel });
  expect(models()).toEqual([LITE, MIDDLE, BEST]);
});

it('cuts a long request into batches and settles each before the next is asked', async () => {
  const askedBefore: number[][][] = [];
  const beforeCall = async () => {
    askedBefore.push(asked());
  };
  const { positions, usage } = await play(['', '', '', ''], { engine: { batchWords: 30 }, beforeCall });
  expect(positions).toEqual([10, 11, 12, 13]);
  expect(usage.calls).toBe(2);
  expect(askedBefore).toEqual([[], [[10, 11]]]);
});

it('asks nothing when there is nothing to rewrite', async () => {
  const engine = createGeminiEngine({ apiKey: 'key', baseUrl: fake.url, fallback: keepAll });
  const settings = { maxWords: 8, minWords: 2, geminiModel: 'balanced' as const };
  const { signal } = new AbortController();
  const nothing = async () => undefined;
  await engine.rewrite(
    { sentences: [], before: '', after: '', settings },
    { signal, beforeCall: nothing, onSettled: nothing },
  );
  expect(fake.calls).toEqual([]);
});

it.each([
  ['left out', 'SentinelleManquante'],
  ['given twice', 'SentinelleDouble'],
  ['without the author’s name and too long', 'SentinelleFausse'],
])('asks once more, with the reason, only for a sentence that came back %s', async (_, sentinel) => {
  const { methods, flags } = await play(['', sentinel, '']);
  expect(asked()).toEqual([[10, 11, 12], [11]]);
  expect(fake.calls.map(({ repeated }) => repeated)).toEqual([[], [11]]);
  expect(methods).toEqual(['gemini', 'gemini_retry', 'gemini']);
  expect(flags).toEqual([[], [], []]);
});

it('goes to the stronger model and then offline with a sentence that fails each time', async () => {
  const { methods, flags, rewrites } = await play(['SentinelleAnglaise', '']);
  expect(asked()).toEqual([[10, 11], [10], [10]]);
  expect(models()).toEqual([MIDDLE, MIDDLE, BEST]);
  expect(methods).toEqual(['kept', 'gemini']);
  expect(flags[0]).toEqual(['over_limit', 'fell_back_to_offline']);
  expect(rewrites[0]?.[0]).toContain('SentinelleAnglaise');
});

it('has no stronger model than the best', async () => {
  await play(['SentinelleAnglaise'], { geminiModel: 'quality' });
  expect(models()).toEqual([BEST, BEST]);
});

it('takes a rewrite over the limit, flagged, when asking again did not help', async () => {
  const { methods, flags } = await play(['SentinelleLongueToujours']);
  expect(asked()).toEqual([[10], [10]]);
  expect(methods).toEqual(['gemini_retry']);
  expect(flags).toEqual([['over_limit']]);
});

it('prefers a first answer over the limit to a second that is wrong', async () => {
  const { methods, flags } = await play(['SentinelleLongue SentinelleAnglaise']);
  expect(asked()).toEqual([[10], [10]]);
  expect(methods).toEqual(['gemini']);
  expect(flags).toEqual([['over_limit']]);
});

it('takes a first answer over the limit when there is no second', async () => {
  const { methods, flags } = await play(['', 'SentinelleLongue SentinelleRechute']);
  expect(asked()).toEqual([[10, 11], [11]]);
  expect(methods).toEqual(['gemini', 'gemini']);
  expect(flags).toEqual([[], ['over_limit']]);
});

it('halves down to the blocked sentence, which goes offline', async () => {
  const { positions, methods, flags } = await play(['', '', 'SentinelleBloquee', '']);
  expect(asked()).toEqual([[10, 11, 12, 13], [10, 11], [12, 13], [12], [13]]);
  expect(positions).toEqual([10, 11, 12, 13]);
  expect(methods).toEqual(['gemini', 'gemini', 'kept', 'gemini']);
  expect(flags[2]).toEqual(['over_limit', 'fell_back_to_offline', 'blocked_by_model']);
});

it('does not pay a call for every sentence of a book that is blocked whole', async () => {
  const { positions, methods, usage } = await play(Array.from({ length: 100 }, () => 'SentinelleBloquee'));
  expect(positions).toHaveLength(100);
  expect(new Set(methods)).toEqual(new Set(['kept']));
  expect(usage.calls).toBe(fake.calls.length);
  expect(usage.calls).toBeLessThanOrEqual(41);
});

it('halves a batch whose answer was cut off, and goes offline with a batch of one', async () => {
  const { methods, flags } = await play(['', 'SentinelleTronquee']);
  expect(asked()).toEqual([[10, 11], [10], [11]]);
  expect(methods).toEqual(['gemini', 'kept']);
  expect(flags[1]).toEqual(['over_limit', 'fell_back_to_offline']);
});

it('asks once more for an answer that cannot be read', async () => {
  const { methods, usage } = await play(['', 'SentinelleMalformee']);
  expect(asked()).toEqual([
    [10, 11],
    [10, 11],
  ]);
  expect(methods).toEqual(['gemini', 'gemini']);
  expect(usage.calls).toBe(2);
});

it('halves a batch whose answers cannot be read, and goes offline with a batch of one', async () => {
  const { methods } = await play(['', 'SentinelleMalformeeToujours']);
  expect(asked()).toEqual([[10, 11], [10, 11], [10], [11]]);
  expect(methods).toEqual(['gemini', 'kept']);
});

it('throws on 429, with when to come back, and succeeds the next time', async () => {
  const first = await play(['Sentinelle429']);
  expect(first.error?.code).toBe('MODEL_RATE_LIMITED');
  expect(first.error?.retryAfterMs).toBe(1000);
  expect(fake.calls).toHaveLength(1);
  const second = await play(['Sentinelle429']);
  expect(second.methods).toEqual(['gemini']);
  expect((await play(['Sentinelle429Toujours'])).error?.code).toBe('MODEL_RATE_LIMITED');
});

it('keeps what was settled before a call that failed', async () => {
  const { positions, usage, error } = await play(['', 'Sentinelle429Toujours'], { engine: { batchWords: 20 } });
  expect(error?.code).toBe('MODEL_RATE_LIMITED');
  expect(positions).toEqual([10]);
  expect(usage.calls).toBe(1);
});

it.each([
  ['a server error', 'Sentinelle500', {}, 'MODEL_UNAVAILABLE', true],
  ['a refused request', 'SentinelleRefusee', {}, 'MODEL_REQUEST_REFUSED', false],
  ['an unknown key', '', { apiKey: REFUSED_KEY }, 'MODEL_KEY_REFUSED', false],
  ['a key without rights', '', { apiKey: FORBIDDEN_KEY }, 'MODEL_KEY_REFUSED', false],
  ['a server that is not there', '', { baseUrl: 'http://127.0.0.1:9' }, 'MODEL_UNAVAILABLE', true],
] as const)('throws on %s without asking again', async (_, sentinel, engine, code, retryable) => {
  const { positions, error } = await play([sentinel], { engine });
  expect(error?.code).toBe(code);
  expect(error?.kind.retryable).toBe(retryable);
  expect(positions).toEqual([]);
  expect(fake.calls.length).toBeLessThanOrEqual(1);
});

it('throws when the model takes too long, and lets go of the call', async () => {
  fake.setLatency(100);
  const { error } = await play(['SentinelleLente'], { engine: { callTimeoutMs: 200 } });
  expect(error?.code).toBe('MODEL_TIMEOUT');
  await expect.poll(() => fake.calls.map(({ aborted }) => aborted)).toEqual([true]);
});

it('lets go of a running call at once when the work is cancelled', async () => {
  fake.setLatency(60_000);
  const controller = new AbortController();
  const playing = play([''], { signal: controller.signal });
  await expect.poll(() => fake.calls.length).toBe(1);
  const cancelledAt = performance.now();
  controller.abort();
  expect((await playing).error?.code).toBe('CANCELLED');
  expect(performance.now() - cancelledAt).toBeLessThan(200);
  await expect.poll(() => fake.calls.map(({ aborted }) => aborted)).toEqual([true]);
});

it('makes no call once the job no longer wants it', async () => {
  const { error } = await play([''], { signal: AbortSignal.abort() });
  expect(error?.code).toBe('CANCELLED');
  const refused = play([''], { beforeCall: () => Promise.reject(new Error('over time')) });
  await expect(refused).rejects.toThrow('over time');
  expect(fake.calls).toEqual([]);
});
