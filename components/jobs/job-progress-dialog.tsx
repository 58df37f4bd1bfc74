'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { GapList } from '@/components/reader/gaps';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Waiting } from '@/components/ui/waiting';
import { titleOf } from '@/lib/client/title-of';
import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';
import { JobOutcome } from './job-outcome';
import { JobProgress } from './job-progress';
import { RetryJob } from './retry-job';
import { useJob } from './use-job';

interface JobProgressDialogProps {
  jobId: string;
  /** It stood open when the page was loaded: if its job has ended since, that is said at the foot of the page. */
  isRestored: boolean;
  /** Closed while it runs: the job goes on. */
  onMinimise: () => void;
  /** Not even shown: what is to be said stands at the foot of the page. */
  onSetAside: () => void;
  /** Closed when there is nothing more to wait for. */
  onDismiss: () => void;
}

export function JobProgressDialog({ jobId, isRestored, onMinimise, onSetAside, onDismiss }: JobProgressDialogProps) {
  const t = useTranslations('progress');
  const { job, error, isLost } = useJob(jobId);
  const isRunning = job !== undefined && !isTerminal(job.status);
  const [isNews, setNews] = useState(!isRestored);
  if (isRunning && !isNews) setNews(true);
  const isOld = !isNews && (job !== undefined || error !== null);
  useEffect(() => {
    if (isOld) onSetAside();
  }, [isOld, onSetAside]);
  if (!isNews) return null;

  return (
    <Dialog
      isOpen
      onClose={isRunning ? onMinimise : onDismiss}
      title={job ? titleOf(job) : t('title')}
      closeLabel={isRunning ? t('minimise') : t('close')}
      titleClassName="book font-normal text-2xl"
    >
      {job === undefined ? (
        error ? (
          <ProblemOf error={error} />
        ) : (
          <Waiting label={t('loading')} lines={3} />
        )
      ) : isRunning ? (
        <>
          <JobProgress job={job} isLost={isLost} />
          <p className="mt-5 text-ink-soft text-sm">{t('closing')}</p>
        </>
      ) : (
        <Ended job={job} onDismiss={onDismiss} />
      )}
    </Dialog>
  );
}

function Ended({ job, onDismiss }: { job: Job; onDismiss: () => void }) {
  const t = useTranslations('progress');
  return (
    <div className="space-y-5">
      <JobOutcome job={job}>{job.failed_chunks.length > 0 && <GapList job={job} />}</JobOutcome>
      <RetryJob job={job}>
        {job.sentences.total > 0 && (
          <Button asChild kind="primary">
            <Link href={`/jobs/${job.id}`} onClick={onDismiss}>
              {t('read')}
            </Link>
          </Button>
        )}
      </RetryJob>
    </div>
  );
}
