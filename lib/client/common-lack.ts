import type { SentencePair } from '@/lib/jobs/schema';

type Lack = 'failed' | 'pending';

/** What all sentences of a page lack that had to be rewritten: to be said once rather than under each. */
export function commonLack(sentences: readonly Pick<SentencePair, 'status'>[]): Lack | undefined {
  const statuses = new Set(sentences.map(({ status }) => status));
  if (statuses.has('rewritten') || statuses.has('failed') === statuses.has('pending')) return undefined;
  return statuses.has('failed') ? 'failed' : 'pending';
}
