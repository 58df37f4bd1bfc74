import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job, SentencePair } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';

const MOST_ON_A_PAGE = 1000;
const LOOK_AGAIN_MS = 3_000;
const KEEP_MS = 5 * 60_000;

/** The sentences that start on a page; asked for again while some of them still wait for their rewrite. */
export function usePageSentences(job: Job, page: number) {
  const isRunning = !isTerminal(job.status);
  return useQuery({
    queryKey: queryKeys.page(job, page),
    queryFn: async ({ signal }): Promise<SentencePair[]> => {
      const { items } = await api.getSentences(job.id, { page, limit: MOST_ON_A_PAGE }, { signal });
      return items.filter(({ page_start }) => page_start === page);
    },
    placeholderData: keepPreviousData,
    staleTime: isRunning ? 0 : Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    refetchInterval: ({ state }) =>
      isRunning && (state.data === undefined || state.data.some(({ status }) => status === 'pending'))
        ? LOOK_AGAIN_MS
        : false,
  });
}
