import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { startFakeGemini } from '@/e2e/support/fake-gemini';
import { contentAnswer } from '@/e2e/support/fake-gemini-answers';
import type { LongSentence, Rewrite, RewriteEngine } from '@/lib/rewrite/engine';
import { createGeminiEngine } from './gemini-engine';

// The first check loads the lexicons.
vi.setConfig({ testTimeout: 60_000 });

const fake = await startFakeGemini();
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const AUTHORS: LongSentence = {
  position: 7,
  kind: 'narration',
  text: 'En 1850, le vieux Jean ouvrit la lourde porte du phare et ne regarda pas la mer grise.',
};
const DOOR = 'En 1850, le vieux Jean ouvrit la lourde porte du phare.';
const SEA = 'Jean ne regarda pas la mer grise.';
const GOOD = [DOOR, SEA];

const offline: RewriteEngine = {
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

/** The model answers the lists one after the other, the last again and again. */
async function settle(...answers: string[][][]): Promise<Rewrite | undefined> {
  let call = 0;
  fake.setFaults(() => {
    const replies = answers[Math.min(call, answers.length - 1)] ?? [];
    call += 1;
    return contentAnswer(JSON.stringify(replies.map((phrases) => ({ numero: 7, phrases }))), 'STOP', 10);
  });
  const settled: Rewrite[] = [];
  const engine = createGeminiEngine({ apiKey: 'key', baseUrl: fake.url, fallback: offline });
  await engine.rewrite(
    { sentences: [AUTHORS], before: '', after: '', settings: { maxWords: 12, minWords: 2, geminiModel: 'balanced' } },
    {
      signal: new AbortController().signal,
      beforeCall: async () => undefined,
      onSettled: async (rewrites) => void settled.push(...rewrites),
    },
  );
  expect(settled).toHaveLength(1);
  return settled[0];
}

it('takes letters composed and on one line, with single spaces, and leaves those of French typography', async () => {
  const sea = `Jean\u00a0ne \n  regarda\tpas la mer\r\ne\u0301trange et grise\u202f! `;
  const rewrite = await settle([[DOOR, sea]]);
  expect(rewrite?.rewrites).toEqual([DOOR, 'Jean\u00a0ne regarda pas la mer \u00e9trange et grise\u202f!']);
});

/** Each reply has this one fault and no other. */
const INTOLERABLE: [string, string[][]][] = [
  ['missing', []],
  ['doubled', [GOOD, GOOD]],
  ['empty', [[' ']]],
  ['no_finite_verb', [[...GOOD, 'La mer.']]],
  [
    'not_french',
    [
      [
        ...GOOD,
        'On trizz, blom, varg, klunt, snep, vrok, kwal a.',
        'On a plok trizz blom varg klunt snep vrok gzif.',
        'On a gromp drix fnord blip wump krell zant.',
      ],
    ],
  ],
  ['name_missing', [['En 1850, le vieux homme ouvrit la lourde porte du phare.', 'Il ne regarda pas la mer grise.']]],
  ['number_missing', [['Le vieux Jean ouvrit la lourde porte du phare.', SEA]]],
  ['negation_missing', [[DOOR, 'Jean regarda la mer grise.']]],
  ['content_missing', [['En 1850, Jean ouvrit.', 'Il ne regarda pas.']]],
  ['name_added', [[DOOR, 'Jean ne regarda pas la mer grise de Marie.']]],
  ['copy_of_neighbour', [[DOOR, DOOR, SEA]]],
];
const TOLERABLE: [string, string[][]][] = [
  ['over_limit', [['En 1850, le vieux Jean ouvrit la lourde porte du phare et ne regarda pas la mer grise aussi.']]],
  ['bad_capital_or_mark', [[DOOR, 'Jean ne regarda pas la mer grise']]],
];

it.each([...INTOLERABLE, ...TOLERABLE])('%s: is asked for once more, and a good answer is taken', async (_, bad) => {
  expect(await settle(bad, [GOOD])).toMatchObject({ method: 'gemini_retry', rewrites: GOOD, flags: [] });
  expect(fake.calls.map(({ repeated }) => repeated)).toEqual([[], [7]]);
});

it.each(INTOLERABLE)('%s: is never taken, however often it comes', async (_, bad) => {
  expect(await settle(bad)).toMatchObject({ method: 'kept', flags: ['over_limit', 'fell_back_to_offline'] });
  expect(fake.calls).toHaveLength(3);
});

it.each(TOLERABLE)('%s: is taken the second time, and said', async (fault, bad) => {
  expect(await settle(bad)).toMatchObject({ method: 'gemini_retry', rewrites: bad[0], flags: [fault] });
  expect(fake.calls).toHaveLength(2);
});
