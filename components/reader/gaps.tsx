import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { isErrorCode } from '@/lib/client/api-error';
import { pageRanges } from '@/lib/client/page-ranges';
import type { JobReport } from '@/lib/jobs/schema';

const GAP_KINDS = ['scanned', 'garbled', 'foreign', 'blank'] as const;

/** What the rewritten novel lacks, page by page, and why. */
export function Gaps({ report }: { report: JobReport }) {
  const t = useTranslations('gaps');
  const tError = useTranslations('errors');
  const locale = useLocale();
  const gaps = GAP_KINDS.map((kind) => ({ kind, pages: report.pages.by_kind[kind] ?? [] })).filter(
    ({ pages }) => pages.length > 0,
  );
  const failed = report.failed_chunks;
  if (gaps.length === 0 && failed.length === 0) return null;
  const isLoss = failed.length > 0 || gaps.some(({ kind }) => kind !== 'blank');
  const lines = [
    ...failed.map(({ chunk, pages, code }) => ({
      key: `chunk ${chunk}`,
      text: `${t('failed', { pages })} ${tError(`${isErrorCode(code) ? code : 'INTERNAL'}.what`, { megabytes: 0, pages: 0 })}.`,
    })),
    ...gaps.map(({ kind, pages }) => ({
      key: kind,
      text: t(kind, { count: pages.length, pages: pageRanges(pages, locale) }),
    })),
  ];
  if (!isLoss) return <p className="mb-4 text-ink-soft">{lines.map(({ text }) => text).join(' ')}</p>;
  return (
    <div className="mb-6">
      <Notice tone="attention" title={t('title')}>
        <ul className="list-disc space-y-1 pl-5">
          {lines.map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
