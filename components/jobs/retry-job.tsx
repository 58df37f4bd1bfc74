import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { Button } from '@/components/ui/button';
import { isApiError } from '@/lib/client/api-error';
import { retryOffer } from '@/lib/client/retry-offer';
import type { Job } from '@/lib/jobs/schema';
import { useRetryJob } from './use-retry-job';

interface RetryJobProps {
  job: Job;
  /** Stands first in the row of buttons. */
  children?: ReactNode;
}

/** The way on for a job that did not get to its end; only `children` where there is none. */
export function RetryJob({ job, children }: RetryJobProps) {
  const t = useTranslations('retry');
  const retry = useRetryJob(job.id);
  const offer = retryOffer(job);
  if (!offer) return children;
  return (
    <div className="space-y-3 pt-2">
      <div className="flex flex-wrap gap-3">
        {children}
        <Button disabled={retry.isPending} onClick={() => retry.mutate({})}>
          {t(offer.reason)}
        </Button>
        {offer.canGoOffline && (
          <Button disabled={retry.isPending} onClick={() => retry.mutate({ engine: 'offline' })}>
            {t('offline')}
          </Button>
        )}
      </div>
      {retry.isError && (
        <ProblemNotice code={isApiError(retry.error) ? retry.error.code : 'INTERNAL'}>
          <p>{t('nothingLost')}</p>
        </ProblemNotice>
      )}
    </div>
  );
}
