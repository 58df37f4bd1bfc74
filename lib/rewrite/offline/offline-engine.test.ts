import { expect, it } from 'vitest';
import { checkReplies } from '@/lib/rewrite/check-replies';
import type { LongSentence, Rewrite, RewriteRequest } from '@/lib/rewrite/engine';
import { createOfflineEngine } from './offline-engine';

const settings = { maxWords: 5, minWords: 2, geminiModel: 'balanced' as const };
const sentences: LongSentence[] = [
  { position: 4, kind: 'narration', text: 'Il ouvrit la porte et sortit sans bruit.' },
  { position: 9, kind: 'narration', text: 'Une longue route blanche sous la lune.' },
];
const request: RewriteRequest = { sentences, before: '', after: '', settings };
const beforeCall = () => Promise.resolve();

it('settles every sentence once, in another process', async () => {
  const settled: Rewrite[] = [];
  await createOfflineEngine().rewrite(request, {
    signal: new AbortController().signal,
    beforeCall,
    onSettled: async (rewrites, usage) => {
      settled.push(...rewrites);
      expect(usage).toEqual({ calls: 0, tokens: 0 });
    },
  });
  expect(settled.map(({ position, status }) => [position, status])).toEqual([
    [4, 'rewritten'],
    [9, 'kept'],
  ]);
});

it('checks the replies of other engines there as well', async () => {
  const [original] = sentences;
  if (original === undefined) throw new Error('no sentence');
  const flags = await checkReplies(
    [
      { original, rewrites: ['Il ouvrit la porte.', 'Il sortit sans bruit.'] },
      { original, rewrites: ['Il ouvrit la porte.'] },
    ],
    settings,
  );
  expect(flags).toEqual([[], ['negation_missing', 'content_missing']]);
});

it('stops when the job is cancelled', async () => {
  const settled: Rewrite[] = [];
  const rewriting = createOfflineEngine().rewrite(request, {
    signal: AbortSignal.abort(),
    beforeCall,
    onSettled: async (rewrites) => {
      settled.push(...rewrites);
    },
  });
  await expect(rewriting).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(settled).toEqual([]);
});
