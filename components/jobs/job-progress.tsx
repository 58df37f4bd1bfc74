'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';
import { CancelJob } from './cancel-job';
import { ChunkBar } from './chunk-bar';
import { Duration } from './duration';
import { useStepText } from './use-step-text';
import { useTimeLeft } from './use-time-left';

interface JobProgressProps {
  job: Job;
  isLost: boolean;
}

const CHUNKS_AGAIN_MS = 2_000;

export function JobProgress({ job, isLost }: JobProgressProps) {
  const t = useTranslations('progress');
  const { data: chunks = [] } = useQuery({
    // Counted into the key, so that the bar and the numbers beside it tell the same story.
    queryKey: [...queryKeys.chunks(job.id), job.processed_chunks, job.failed_chunks.length],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await api.getChunks(job.id, { signal })).items,
    refetchInterval: CHUNKS_AGAIN_MS,
  });
  const step = useStepText(job, chunks);
  const elapsedSeconds = useElapsedSeconds(job);
  const left = useTimeLeft(job, chunks, elapsedSeconds);
  return (
    <div className="space-y-5">
      <div className="flex items-end justify-between gap-4">
        <p role="status">{step}</p>
        <p aria-hidden className="book text-4xl tabular-nums leading-none">
          {t('percent', { share: job.progress_percent / 100 })}
        </p>
      </div>
      <ChunkBar job={job} chunks={chunks} label={t('label')} />
      <dl className="grid grid-cols-3 gap-4">
        <Figure name={t('chunks')}>{t('chunksDone', { done: job.processed_chunks, total: job.total_chunks })}</Figure>
        <Figure name={t('elapsed')}>
          <Duration seconds={elapsedSeconds} />
        </Figure>
        <Figure name={t('left')}>
          {left === undefined || isLost ? (
            t('leftUnknown')
          ) : left === 0 ? (
            t('leftMoment')
          ) : (
            <Duration seconds={left} isRough />
          )}
        </Figure>
      </dl>
      {isLost && (
        <Notice tone="attention" title={t('lost')}>
          {t('lostNote')}
        </Notice>
      )}
      <CancelJob job={job} />
    </div>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

/** Counts on from what the server said last, so that the clocks of the two machines need not agree. */
function useElapsedSeconds(job: Job): number {
  const [sinceHeard, setSinceHeard] = useState(0);
  useEffect(() => {
    const heard = performance.now();
    const tick = () => setSinceHeard(job.started_at === null ? 0 : (performance.now() - heard) / 1000);
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [job]);
  return Math.floor(job.processing_time_seconds + sinceHeard);
}
