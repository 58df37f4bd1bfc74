import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useToast } from '@/components/ui/toast';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { titleOf } from '@/lib/client/title-of';
import type { Job } from '@/lib/jobs/schema';

const UNDO_MS = 6_000;

/** Hides a job at once and deletes it a few seconds later, or when the reader leaves. */
export function useDeleteWithUndo() {
  const t = useTranslations('library');
  const showToast = useToast();
  const queryClient = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const show = useCallback((jobId: string) => {
    setHidden((before) => new Set([...before].filter((id) => id !== jobId)));
  }, []);

  const remove = useCallback(
    async (job: Pick<Job, 'id' | 'novel'>) => {
      timers.current.delete(job.id);
      try {
        await api.deleteJob(job.id);
        queryClient.removeQueries({ queryKey: queryKeys.job(job.id) });
      } catch {
        show(job.id);
        showToast({ text: t('notDeleted', { title: titleOf(job) }), durationMs: UNDO_MS });
      }
      await queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
    },
    [queryClient, show, showToast, t],
  );

  const deleteJob = useCallback(
    (job: Job) => {
      setHidden((before) => new Set(before).add(job.id));
      timers.current.set(
        job.id,
        setTimeout(() => remove(job), UNDO_MS),
      );
      showToast({
        text: t('deleting', { title: titleOf(job), seconds: UNDO_MS / 1000 }),
        actionLabel: t('undo'),
        onAction: () => {
          clearTimeout(timers.current.get(job.id));
          timers.current.delete(job.id);
          show(job.id);
        },
        durationMs: UNDO_MS,
      });
    },
    [remove, show, showToast, t],
  );

  useEffect(() => {
    const pending = timers.current;
    const deleteNow = () => {
      for (const [jobId, timer] of pending) {
        clearTimeout(timer);
        // Nobody is left to hear of a failure: the job then simply still stands in the library.
        api.deleteJob(jobId, { keepalive: true }).catch(() => undefined);
      }
      pending.clear();
    };
    window.addEventListener('pagehide', deleteNow);
    return () => {
      window.removeEventListener('pagehide', deleteNow);
      deleteNow();
    };
  }, []);

  return { hidden, deleteJob };
}
