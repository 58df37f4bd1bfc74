import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { watchJob } from '@/lib/client/watch-job';
import { isTerminal } from '@/lib/jobs/status';

/** A job as the server has it, followed while it runs. `isLost` while the server cannot be reached. */
export function useJob(jobId: string) {
  const queryClient = useQueryClient();
  const [isLost, setLost] = useState(false);
  const query = useQuery({
    queryKey: queryKeys.job(jobId),
    queryFn: ({ signal }) => api.getJob(jobId, { signal }),
  });
  const isRunning = query.data !== undefined && !isTerminal(query.data.status);
  useEffect(() => {
    if (!isRunning) return;
    const stop = watchJob(api, jobId, {
      onJob: (job) => {
        queryClient.setQueryData(queryKeys.job(jobId), job);
        if (isTerminal(job.status)) void queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
      },
      onLost: setLost,
      onGone: () => void queryClient.resetQueries({ queryKey: queryKeys.job(jobId), exact: true }),
    });
    return () => {
      stop();
      setLost(false);
    };
  }, [jobId, isRunning, queryClient]);
  return { job: query.data, error: query.error, isLost };
}
