import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { AskFirst } from '@/components/ui/ask-first';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';

export function CancelJob({ job }: { job: Job }) {
  const t = useTranslations('cancel');
  const queryClient = useQueryClient();
  const stop = useMutation({
    mutationFn: () => api.cancelJob(job.id),
    onSuccess: (stopped) => queryClient.setQueryData(queryKeys.job(job.id), stopped),
    // It ended meanwhile: what it became is what the reader wants to know.
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.job(job.id), exact: true }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.jobs }),
  });
  return (
    <AskFirst
      trigger={{ children: t('cancel') }}
      question={t('question')}
      act={t('stop')}
      keep={t('goOn')}
      isBusy={stop.isPending}
      onAct={() => stop.mutate()}
      problem={stop.isError && !isApiError(stop.error, 'JOB_STATE_CONFLICT') && <ProblemOf error={stop.error} />}
    >
      <p>{t('meaning', { done: job.sentences.done })}</p>
    </AskFirst>
  );
}
