import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { OffloadError } from '@/lib/offload';
import { type AskBatch, askInBatch } from './ask-in-batch';

const ask = (answer: AskBatch<number, string>) => askInBatch([1, 2, 3], answer, (item) => `${item} given up`);
const name = (item: number) => `${item} done`;

it('asks once for a batch that goes well', async () => {
  const asked: number[] = [];
  const answers = await ask(async (batch) => {
    asked.push(batch.length);
    return batch.map(name);
  });
  expect(asked).toEqual([3]);
  expect(answers).toEqual(['1 done', '2 done', '3 done']);
});

it('gives up only the item that brings its process down', async () => {
  const answers = await ask(async (batch) => {
    if (batch.includes(2)) throw new OffloadError('timeout', 'More than 60 000 ms');
    return batch.map(name);
  });
  expect(answers).toEqual(['1 done', '2 given up', '3 done']);
});

it('lets every other failure through', async () => {
  const failing = ask(async () => {
    throw new AppError('INTERNAL');
  });
  await expect(failing).rejects.toThrow(AppError);
});
