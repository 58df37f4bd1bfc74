import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { type FakeGemini, startFakeGemini } from '@/e2e/support/fake-gemini';
import { createModelClient } from '@/lib/rewrite/gemini/model-client';
import { MODEL_LADDER } from '@/lib/rewrite/gemini/model-ladder';
import { writePrompt } from '@/lib/rewrite/gemini/prompt';
import { paceModelCalls } from './pace-model-calls';

connectTestDatabase();
let fake: FakeGemini;
beforeAll(async () => {
  fake = await startFakeGemini();
});
beforeEach(async () => {
  fake.reset();
  fake.setLimit(undefined);
  await sql()`delete from model_pace`;
});
afterAll(() => fake.close());

const { signal } = new AbortController();
const statuses = () => fake.calls.map(({ status }) => status);

/** Asks the fake one question through the real SDK. */
function createAsk(text = 'Le gardien ouvrit la porte et sa femme regarda la mer.') {
  const askModel = createModelClient({ apiKey: 'key', baseUrl: fake.url, callTimeoutMs: 10_000 });
  const sentence = { position: 0, kind: 'narration' as const, text };
  const settings = { maxWords: 8, minWords: 2, geminiModel: 'balanced' as const };
  const prompt = writePrompt({ settings, before: '', after: '' }, [{ sentence, reasons: [] }]);
  return () => askModel(MODEL_LADDER.balanced.model, prompt, signal);
}

it('never calls before its turn, however many lanes there are', async () => {
  const lanes = [paceModelCalls({ requestsPerMinute: 6000 }), paceModelCalls({ requestsPerMinute: 6000 })];
  const starts: number[] = [];
  const call = async () => {
    starts.push(performance.now());
  };
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: 30 }, () => lanes.map((paceCall) => paceCall(call, new AbortController().signal))).flat(),
  );
  expect(starts).toHaveLength(60);
  for (const [index, start] of starts.entries()) {
    expect(start - begin).toBeGreaterThanOrEqual((index * 61_000) / 6000);
  }
});

it('asks again by itself until the model has answered every lane, and comes down to what it allows', async () => {
  fake.setLimit({ callsPerMinute: 1200, burst: 2 });
  await sql()`insert into model_pace (rate, refused_rate) values (30, 30)`;
  const ask = createAsk();
  const jobs = [paceModelCalls({}), paceModelCalls({})];
  const lanes = Array.from({ length: 6 }, async (_, lane) => {
    for (let call = 0; call < 6; call++) await jobs[lane % 2]?.(ask, signal);
  });
  await Promise.all(lanes);
  expect(statuses().filter((status) => status === 200)).toHaveLength(36);
  expect(statuses()).toContain(429);
  const [pace] = await sql()`select rate, refused_rate as refused from model_pace`;
  expect(pace?.rate).toBeLessThan(25);
});

it('stops waiting within a moment when the work is cancelled, and does not call', async () => {
  await sql()`insert into model_pace (resume_at) values (now() + interval '1 hour')`;
  const abort = new AbortController();
  const waiting = paceModelCalls({})(createAsk(), abort.signal);
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', cause: 'enough' });
  setTimeout(() => abort.abort('enough'), 100);
  const begin = performance.now();
  await outcome;
  expect(performance.now() - begin).toBeLessThan(1000);
  expect(fake.calls).toEqual([]);
});

it('throws at once when the model wants to be left alone for longer than anybody waits', async () => {
  const ask = createAsk('Le gardien vit Sentinelle429Toujours et sa femme regarda la mer.');
  const begin = performance.now();
  await expect(paceModelCalls({ patienceMs: 500 })(ask, signal)).rejects.toMatchObject({
    code: 'MODEL_RATE_LIMITED',
    retryAfterMs: 1000,
  });
  expect(performance.now() - begin).toBeLessThan(500);
  expect(statuses()).toEqual([429]);
});

it('throws the refusal when the model goes on refusing', async () => {
  const ask = createAsk('Le gardien vit Sentinelle429Toujours et sa femme regarda la mer.');
  const asking = paceModelCalls({ patienceMs: 1500 })(ask, signal);
  await expect(asking).rejects.toMatchObject({ code: 'MODEL_RATE_LIMITED' });
  expect(statuses()).toEqual([429, 429]);
});

it('gives the answer that was paid for, though the pace cannot be told of it', async () => {
  await sql()`insert into model_pace (rate, refused_rate) values (30, 30)`;
  await sql().unsafe(`
    create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
    create trigger refuse before update on model_pace for each row execute function refuse()`);
  const ask = createAsk();
  const answer = async () => {
    await sql()`alter table model_pace enable trigger refuse`;
    return ask();
  };
  await sql()`alter table model_pace disable trigger refuse`;
  expect(await paceModelCalls({})(answer, signal)).toMatchObject({ replies: [{ numero: 0 }] });
  await sql()`drop function refuse cascade`;
});

it('lets every other failure through without slowing anybody down', async () => {
  const ask = createAsk('Le gardien vit Sentinelle500Toujours et sa femme regarda la mer.');
  await expect(paceModelCalls({})(ask, signal)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  expect(statuses()).toEqual([500]);
  expect(await sql()`select rate, slowdowns from model_pace`).toEqual([{ rate: null, slowdowns: 0 }]);
});
