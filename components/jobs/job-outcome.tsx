import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useReport } from '@/components/reader/use-report';
import { Notice } from '@/components/ui/notice';
import { isErrorCode } from '@/lib/errors';
import type { Job } from '@/lib/jobs/schema';

/** What became of a job that ended: how much is there, why not more, what can be done. */
export function JobOutcome({ job, children }: { job: Job; children?: ReactNode }) {
  const t = useTranslations('outcome');
  const tError = useTranslations('errors');
  const report = useReport(job);
  const { kept, rewritten, failed, skipped, done, total, cached } = job.sentences;
  const counts = { kept, rewritten, failed, skipped, done, total };
  if (job.status === 'completed') {
    return (
      <Notice tone={job.partial ? 'attention' : 'good'} title={t(job.partial ? 'partial' : 'done', counts)}>
        <p>{t('counts', counts)}</p>
        {cached > 0 && <p>{t('cached', { count: cached })}</p>}
        {children}
      </Notice>
    );
  }
  if (job.status === 'cancelled') {
    return (
      <Notice title={t('cancelled', { ...counts, back: report?.credits.refunded ?? 0 })}>
        <p>{t(total === 0 ? 'cancelledUnreadNote' : 'cancelledNote')}</p>
        {children}
      </Notice>
    );
  }
  const code = job.error?.code ?? 'INTERNAL';
  return (
    <Notice
      tone="loss"
      title={isErrorCode(code) ? tError(`${code}.what`, { megabytes: 0, pages: job.pages }) : t('failed')}
    >
      <p>{isErrorCode(code) ? tError(`${code}.action`, { megabytes: 0, pages: job.pages }) : job.error?.detail}</p>
      <p>{t('failedKept', counts)}</p>
      {children}
    </Notice>
  );
}
