import { Ban, CircleAlert, CircleCheck, CircleDashed, Clock, Trash2, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Moment } from '@/components/ui/moment';
import { titleOf } from '@/lib/client/title-of';
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
      {isTerminal(job.status) && (
        <Button kind="quiet" aria-label={t('delete', { title })} onClick={() => onDelete(job)} className="shrink-0">
          <Trash2 aria-hidden />
          <span className="max-sm:hidden">{t('deleteWord')}</span>
        </Button>
      )}
    </div>
  );
}
