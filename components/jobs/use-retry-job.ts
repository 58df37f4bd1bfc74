import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { RetryRequest } from '@/lib/jobs/schema';

/** Puts an ended job to work again, for what is not done. */
export function useRetryJob(jobId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: RetryRequest) => api.retryJob(jobId, request),
    onSuccess: (job) => queryClient.setQueryData(queryKeys.job(jobId), job),
    // Another tab may have been first: then the job itself says more than the refusal.
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.job(jobId), exact: true }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.jobs }),
  });
}
