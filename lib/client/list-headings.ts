import type { SentencePair } from '@/lib/jobs/schema';
import type { Api } from './api';

const BATCH = 1000;

/** Every heading of a novel, in order. */
export async function listHeadings(
  api: Pick<Api, 'getSentences'>,
  jobId: string,
  signal: AbortSignal,
): Promise<SentencePair[]> {
  const headings: SentencePair[] = [];
  for (let after = -1; ; ) {
    const { items, next } = await api.getSentences(jobId, { kind: 'heading', after, limit: BATCH }, { signal });
    headings.push(...items);
    if (next === null) return headings;
    after = Number(next);
  }
}
