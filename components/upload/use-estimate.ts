import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { useSettled } from '@/lib/client/use-settled';
import type { JobSettings } from '@/lib/jobs/schema';
import type { SentNovel } from './use-send-novel';

/**
 * What the novel needs under these settings, counted by the server from the file it keeps. While it counts, the figures
 * of before are given and `isCounting`; a question that is no longer wanted is taken back.
 */
export function useEstimate({ quote: first, settings: firstSettings }: SentNovel, settings: JobSettings) {
  const wanted = useSettled(settings);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: queryKeys.estimate(first.quote_id, wanted),
    queryFn: ({ signal }) => api.estimateAgain(first.quote_id, wanted, { signal }),
    initialData: () => (wanted === firstSettings ? first : undefined),
    placeholderData: (before) => before ?? first,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isCounting = wanted !== settings || isFetching || isPlaceholderData;
  return { quote: data, error: isCounting ? null : error, isCounting, countAgain: refetch };
}
