import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';

/** The page on which the text begins, behind a cover or a title page. */
export function useFirstPage(job: Job): number {
  const { data } = useQuery({
    queryKey: queryKeys.firstPage(job),
    queryFn: async ({ signal }) => (await api.getSentences(job.id, { limit: 1 }, { signal })).items[0]?.page_start ?? 1,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return data ?? 1;
}
