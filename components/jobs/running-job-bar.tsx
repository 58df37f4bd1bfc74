'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { isFocusNowhere } from '@/components/ui/is-focus-nowhere';
import { isApiError } from '@/lib/client/api-error';
import { titleOf } from '@/lib/client/title-of';
import { isTerminal } from '@/lib/jobs/status';
import { useJob } from './use-job';

interface RunningJobBarProps {
  jobId: string;
  /** How many more are followed. */
  others: number;
  /** Its dialog was closed just now: the focus goes on from here, unless it is somewhere else. */
  takesFocus: boolean;
  onOpen: () => void;
  /** Its end has been in sight. */
  onTold: () => void;
  onDismiss: () => void;
}

/** Calls `onSeen` once something `isThere` on a page that is in sight. */
function useSeen(isThere: boolean, onSeen: () => void) {
  const see = useEffectEvent(onSeen);
  useEffect(() => {
    if (!isThere) return;
    const look = () => document.visibilityState === 'visible' && see();
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [isThere]);
}

/** The slim bar at the foot of every page: how far the job is, and the way back to it. */
export function RunningJobBar({ jobId, others, takesFocus, onOpen, onTold, onDismiss }: RunningJobBarProps) {
  const t = useTranslations('bar');
  const tState = useTranslations('library.states');
  const { job, error, isLost } = useJob(jobId);
  const isGone = isApiError(error, 'NOT_FOUND');
  useEffect(() => {
    if (isGone) onDismiss();
  }, [isGone, onDismiss]);
  const showButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus && isFocusNowhere()) showButton.current?.focus();
  }, [takesFocus]);
  useSeen(job !== undefined && isTerminal(job.status), onTold);
  if (job === undefined) return null;
  const title = titleOf(job);
  const isDone = job.status === 'completed';
  const isRunning = !isTerminal(job.status);
  return (
    <aside aria-label={t('label')} className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-sheet">
      {isRunning && (
        <div aria-hidden className="-mt-0.5 h-0.5 bg-accent" style={{ width: `${job.progress_percent}%` }} />
      )}
      <div className="mx-auto flex min-h-14 max-w-6xl items-center gap-2 px-4 sm:gap-4 sm:px-6">
        <p className="min-w-0 grow truncate">
          <span className="book">{title}</span>
        </p>
        <p role="status" className="shrink-0 tabular-nums">
          {isLost ? t('lost') : isRunning ? t('percent', { share: job.progress_percent / 100 }) : tState(job.status)}
        </p>
        {others > 0 && (
          <Link href="/library" className="shrink-0 text-accent underline underline-offset-4 max-sm:hidden">
            {t('others', { count: others })}
          </Link>
        )}
        {isRunning ? (
          <Button ref={showButton} kind="quiet" onClick={onOpen} className="shrink-0 text-accent">
            {t('show')}
          </Button>
        ) : (
          <>
            <Button asChild kind="quiet" className="shrink-0 text-accent">
              <Link href={`/jobs/${job.id}`}>{t(isDone ? 'read' : 'look')}</Link>
            </Button>
            <Button kind="quiet" aria-label={t('dismiss')} onClick={onDismiss} className="-ml-2 shrink-0">
              <X aria-hidden />
            </Button>
          </>
        )}
      </div>
    </aside>
  );
}
