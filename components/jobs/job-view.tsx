'use client';

import { BookX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { Reader } from '@/components/reader/reader';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Waiting } from '@/components/ui/waiting';
import { isApiError } from '@/lib/client/api-error';
import { titleOf } from '@/lib/client/title-of';
import { isTerminal } from '@/lib/jobs/status';
import { useJobDesk } from './job-desk';
import { JobOutcome } from './job-outcome';
import { JobProgress } from './job-progress';
import { useJob } from './use-job';

/** One page for a job; its face follows the status. */
export function JobView({ jobId }: { jobId: string }) {
  const t = useTranslations('job');
  const { job, error, isLost } = useJob(jobId);
  const { dismiss } = useJobDesk();
  const isEnded = job !== undefined && isTerminal(job.status);
  useEffect(() => {
    if (isEnded) dismiss(jobId);
  }, [isEnded, dismiss, jobId]);

  if (job === undefined) {
    if (isApiError(error, 'NOT_FOUND')) return <NoSuchJob />;
    if (error) return <ProblemNotice code={isApiError(error) ? error.code : 'INTERNAL'} />;
    return <Waiting label={t('loading')} />;
  }
  const isClean = job.status === 'completed' && !job.partial;
  return (
    <article>
      <header className="mx-auto mb-6 max-w-5xl">
        <h1 className="book text-3xl break-words sm:text-4xl">{titleOf(job)}</h1>
        <p className="mt-2 text-ink-soft">
          {t('summary', { pages: job.pages, sentences: job.sentences.total, words: job.sentence_length_limit })}
        </p>
        {isEnded && <p className="text-ink-soft">{t('counts', job.sentences)}</p>}
      </header>
      {!isEnded && (
        <section
          aria-label={t('progress')}
          className="mx-auto mb-10 max-w-2xl rounded-xl bg-sheet px-5 py-6 ring-1 ring-line sm:px-8"
        >
          <JobProgress job={job} isLost={isLost} />
        </section>
      )}
      {isEnded && !isClean && (
        <div className="mx-auto mb-6 max-w-5xl">
          <JobOutcome job={job} />
        </div>
      )}
      {job.sentences.total > 0 && <Reader job={job} />}
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
