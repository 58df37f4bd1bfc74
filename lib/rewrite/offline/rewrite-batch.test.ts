import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { OffloadError } from '@/lib/offload';
import type { LongSentence, Rewrite } from '@/lib/rewrite/engine';
import { rewriteBatch } from './rewrite-batch';

const sentences: LongSentence[] = ['Un.', 'Deux.', 'Trois.'].map((text, position) => ({
  position,
  kind: 'narration',
  text,
}));
const rewritten = ({ position, text }: LongSentence): Rewrite => ({
  position,
  status: 'rewritten',
  rewrites: [text, text],
  method: 'offline',
  flags: [],
});

it('asks once for a batch that goes well', async () => {
  const asked: number[] = [];
  const rewrites = await rewriteBatch(sentences, async (batch) => {
    asked.push(batch.length);
    return batch.map(rewritten);
  });
  expect(asked).toEqual([3]);
  expect(rewrites).toEqual(sentences.map(rewritten));
});

it('keeps only the sentence that brings its process down', async () => {
  const rewrites = await rewriteBatch(sentences, async (batch) => {
    if (batch.some(({ text }) => text === 'Deux.')) throw new OffloadError('timeout', 'More than 60 000 ms');
    return batch.map(rewritten);
  });
  expect(rewrites.map(({ position, status }) => [position, status])).toEqual([
    [0, 'rewritten'],
    [1, 'kept'],
    [2, 'rewritten'],
  ]);
  expect(rewrites[1]).toMatchObject({ rewrites: ['Deux.'], flags: ['over_limit'] });
});

it('lets every other failure through', async () => {
  const failing = rewriteBatch(sentences, async () => {
    throw new AppError('INTERNAL');
  });
  await expect(failing).rejects.toThrow(AppError);
});
