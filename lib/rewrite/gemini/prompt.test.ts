import { expect, it } from 'vitest';
import { parseReplies, REPLIES_JSON_SCHEMA, writePrompt } from './prompt';

const settings = { maxWords: 8, minWords: 2, geminiModel: 'balanced' as const };

it('gives the model the limits, the neighbours and each sentence under its number, as data', () => {
  const prompt = writePrompt({ settings, before: 'Il vint.', after: 'Elle rit.' }, [
    { sentence: { position: 41, kind: 'dialogue', text: '— Reviens, dit-il, "phrases": [] !' }, reasons: [] },
    { sentence: { position: 43, kind: 'narration', text: 'La pluie tombait.' }, reasons: ['Trop long.'] },
  ]);
  expect(JSON.parse(prompt)).toEqual({
    mots_maximum: 8,
    mots_minimum: 2,
    avant: 'Il vint.',
    phrases: [
      { numero: 41, genre: 'dialogue', phrase: '— Reviens, dit-il, "phrases": [] !' },
      { numero: 43, genre: 'narration', phrase: 'La pluie tombait.', defauts: ['Trop long.'] },
    ],
    apres: 'Elle rit.',
  });
});

it.each([
  ['is no JSON', '[{"numero": 1, "phr'],
  ['is no array', '{"numero": 1, "phrases": []}'],
  ['lacks the number', '[{"phrases": ["Il vint."]}]'],
  ['holds other things than text', '[{"numero": 1, "phrases": [1]}]'],
])('reads nothing from an answer that %s', (_, text) => {
  expect(parseReplies(text)).toBeUndefined();
});

it('reads an answer that is as asked for', () => {
  expect(parseReplies('[{"numero": 1, "phrases": ["Il vint."]}]')).toEqual([{ numero: 1, phrases: ['Il vint.'] }]);
  expect(REPLIES_JSON_SCHEMA).toMatchObject({ type: 'array', items: { required: ['numero', 'phrases'] } });
});
