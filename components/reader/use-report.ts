import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';

export const useReport = (job: Job) =>
  useQuery({
    queryKey: queryKeys.report(job),
    queryFn: ({ signal }) => api.getReport(job.id, { signal }),
    placeholderData: keepPreviousData,
  }).data;
