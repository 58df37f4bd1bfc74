import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { pageRanges } from '@/lib/client/page-ranges';
import { isErrorCode } from '@/lib/errors';
import type { Job, JobReport } from '@/lib/jobs/schema';
import { useReport } from './use-report';

const GAP_KINDS = ['scanned', 'garbled', 'foreign', 'blank'] as const;

/** Pages that gave nothing, each kind with its reason; blank ones are no loss. */
function usePageGaps(report: JobReport | undefined) {
  const t = useTranslations('gaps');
  const locale = useLocale();
  return GAP_KINDS.flatMap((kind) => {
    const pages = report?.pages.by_kind[kind] ?? [];
    if (pages.length === 0) return [];
    const text = t(kind, { count: pages.length, pages: pageRanges(pages, locale) });
    return { key: kind, text, isLoss: kind !== 'blank' };
  });
}

/** What the rewritten novel lacks, page by page, and why. */
export function GapList({ job }: { job: Job }) {
  const t = useTranslations('gaps');
  const tError = useTranslations('errors');
  const report = useReport(job);
  const failed = job.failed_chunks.map(({ chunk, pages, code }) => ({
    key: `chunk ${chunk}`,
    text: `${t('failed', { pages, count: pages.includes('–') ? 2 : 1 })} ${tError(`${isErrorCode(code) ? code : 'INTERNAL'}.what`, { megabytes: 0, pages: 0 })}.`,
  }));
  const lines = [...failed, ...usePageGaps(report)];
  if (lines.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 pl-5">
      {lines.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  );
}

/** For a job of which nothing failed: the pages that had nothing to give. */
export function PageGaps({ job }: { job: Job }) {
  const t = useTranslations('gaps');
  const gaps = usePageGaps(useReport(job));
  if (gaps.length === 0) return null;
  if (gaps.some(({ isLoss }) => isLoss)) {
    return (
      <Notice tone="attention" title={t('title')}>
        <GapList job={job} />
      </Notice>
    );
  }
  return <p className="text-ink-soft">{gaps.map(({ text }) => text).join(' ')}</p>;
}
