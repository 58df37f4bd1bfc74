import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { Button } from '@/components/ui/button';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';

/** Says what stopping means before it is done. */
export function CancelJob({ job }: { job: Job }) {
  const t = useTranslations('cancel');
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const question = useRef<HTMLParagraphElement>(null);
  const stop = useMutation({
    mutationFn: () => api.cancelJob(job.id),
    onSuccess: (stopped) => queryClient.setQueryData(queryKeys.job(job.id), stopped),
    // It ended meanwhile: what it became is what the reader wants to know.
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.job(job.id), exact: true }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.jobs }),
  });
  useEffect(() => {
    if (isAsking) question.current?.focus();
  }, [isAsking]);

  if (!isAsking) return <Button onClick={() => setAsking(true)}>{t('cancel')}</Button>;
  return (
    <div className="rounded-lg bg-mark px-4 py-4">
      <p ref={question} tabIndex={-1} className="font-semibold outline-none">
        {t('question')}
      </p>
      <p className="mt-1">{t('meaning', { done: job.sentences.done })}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button kind="danger" disabled={stop.isPending} onClick={() => stop.mutate()}>
          {t('stop')}
        </Button>
        <Button disabled={stop.isPending} onClick={() => setAsking(false)}>
          {t('goOn')}
        </Button>
      </div>
      {stop.isError && !isApiError(stop.error, 'JOB_STATE_CONFLICT') && (
        <div className="mt-4">
          <ProblemNotice code={isApiError(stop.error) ? stop.error.code : 'INTERNAL'} />
        </div>
      )}
    </div>
  );
}
