import { Ban, CircleAlert, CircleCheck, CircleDashed, Clock, RotateCcw, Trash2, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useJobDesk } from '@/components/jobs/job-desk';
import { useRetryJob } from '@/components/jobs/use-retry-job';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Moment } from '@/components/ui/moment';
import { useToast } from '@/components/ui/toast';
import { isApiError } from '@/lib/client/api-error';
import { retryOffer } from '@/lib/client/retry-offer';
import { titleOf } from '@/lib/client/title-of';
import { isErrorCode } from '@/lib/errors';
import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';

interface ShelfRowProps {
  job: Job;
  onDelete: (job: Job) => void;
}

const STATES = {
  pending: { icon: Clock, look: 'text-ink-soft' },
  processing: { icon: CircleDashed, look: 'text-accent' },
  completed: { icon: CircleCheck, look: 'text-accent' },
  partial: { icon: TriangleAlert, look: 'text-amber' },
  failed: { icon: CircleAlert, look: 'text-red' },
  cancelled: { icon: Ban, look: 'text-ink-soft' },
};

export function ShelfRow({ job, onDelete }: ShelfRowProps) {
  const t = useTranslations('library');
  const title = titleOf(job);
  const state = job.status === 'completed' && job.partial ? 'partial' : job.status;
  const { icon: Icon, look } = STATES[state];
  return (
    <div className="flex items-center gap-3 py-4">
      <div className="min-w-0 grow">
        <h2 className="book text-xl leading-snug">
          <Link
            href={`/jobs/${job.id}`}
            className="line-clamp-2 rounded-sm break-words hover:underline hover:underline-offset-4"
          >
            {title}
          </Link>
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-0.5">
          <span className={classNames('inline-flex items-center gap-1.5', look)}>
            <Icon aria-hidden className="size-4.5 stroke-[1.5]" />
            {isTerminal(job.status) ? t(`states.${state}`) : t('running', { share: job.progress_percent / 100 })}
          </span>
          <span className="text-ink-soft">{t('size', { pages: job.pages, sentences: job.sentences.total })}</span>
          <span className="text-ink-soft">
            <Moment instant={job.created_at} />
          </span>
        </p>
        {!isTerminal(job.status) && (
          <div aria-hidden className="mt-2.5 h-1 max-w-md rounded-full bg-line">
            <div className="h-full rounded-full bg-accent" style={{ width: `${job.progress_percent}%` }} />
          </div>
        )}
      </div>
      <RetryButton job={job} title={title} />
      {isTerminal(job.status) && (
        <Button kind="quiet" aria-label={t('delete', { title })} onClick={() => onDelete(job)} className="shrink-0">
          <Trash2 aria-hidden />
          <span className="max-sm:hidden">{t('deleteWord')}</span>
        </Button>
      )}
    </div>
  );
}

const MESSAGE_MS = 6_000;

/** Puts the job to work again and shows how it goes. */
function RetryButton({ job, title }: { job: Job; title: string }) {
  const t = useTranslations('library');
  const tError = useTranslations('errors');
  const { open } = useJobDesk();
  const showToast = useToast();
  const retry = useRetryJob(job.id);
  const offer = retryOffer(job);
  if (!offer) return null;
  const action = t(`retryWord.${offer.reason}`);
  const explain = (error: Error) => {
    const code = isApiError(error) && isErrorCode(error.code) ? error.code : 'INTERNAL';
    const why = tError(`${code}.what`, { megabytes: 0, pages: job.pages });
    showToast({ text: t('notRetried', { title, why }), durationMs: MESSAGE_MS });
  };
  return (
    <Button
      kind="quiet"
      aria-label={t('retry', { action, title })}
      disabled={retry.isPending}
      onClick={() => retry.mutate({}, { onSuccess: () => open(job.id), onError: explain })}
      className="shrink-0 text-accent"
    >
      <RotateCcw aria-hidden />
      <span className="max-sm:hidden">{action}</span>
    </Button>
  );
}
