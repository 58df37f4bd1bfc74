'use client';

import { BookX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { GapList, PageGaps } from '@/components/reader/gaps';
import { Reader } from '@/components/reader/reader';
import { columnWidth, useTwoColumns } from '@/components/reader/use-two-columns';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { EmptyState } from '@/components/ui/empty-state';
import { Waiting } from '@/components/ui/waiting';
import { isApiError } from '@/lib/client/api-error';
import { isTerminal } from '@/lib/jobs/status';
import { useJobDesk } from './job-desk';
import { JobHeader } from './job-header';
import { JobOutcome } from './job-outcome';
import { JobProgress } from './job-progress';
import { RetryJob } from './retry-job';
import { useJob } from './use-job';

/** One page for a job; its face follows the status. */
export function JobView({ jobId }: { jobId: string }) {
  const t = useTranslations('job');
  const { job, error, isLost } = useJob(jobId);
  const { dismiss } = useJobDesk();
  const width = columnWidth(useTwoColumns());
  const isEnded = job !== undefined && isTerminal(job.status);
  useEffect(() => {
    if (isEnded) dismiss(jobId);
  }, [isEnded, dismiss, jobId]);

  if (job === undefined) {
    if (isApiError(error, 'NOT_FOUND')) return <NoSuchJob />;
    if (error) return <ProblemOf error={error} />;
    return (
      <div className={width}>
        <Waiting label={t('loading')} />
      </div>
    );
  }
  const isClean = job.status === 'completed' && !job.partial;
  return (
    <article>
      <div className={width}>
        <JobHeader job={job} />
      </div>
      {!isEnded && (
        <div className={width}>
          <section aria-label={t('progress')} className="mb-10 rounded-xl bg-sheet px-5 py-6 ring-1 ring-line sm:px-8">
            <JobProgress job={job} isLost={isLost} />
          </section>
        </div>
      )}
      {isEnded && !isClean && (
        <div className={classNames(width, 'mb-6')}>
          <JobOutcome job={job}>
            <GapList job={job} />
            <RetryJob job={job} />
          </JobOutcome>
        </div>
      )}
      {job.sentences.total > 0 && (!isEnded || isClean) && (
        <div className={classNames(width, 'mb-4')}>
          <PageGaps job={job} />
        </div>
      )}
      {job.sentences.total > 0 && <Reader key={job.id} job={job} />}
    </article>
  );
}

function NoSuchJob() {
  const t = useTranslations('job');
  return (
    <EmptyState icon={BookX} heading="h1" title={t('noneTitle')}>
      <p>{t('none')}</p>
      <Button asChild>
        <Link href="/library">{t('toLibrary')}</Link>
      </Button>
    </EmptyState>
  );
}
