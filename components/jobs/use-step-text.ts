import { useLocale, useTranslations } from 'next-intl';
import { pageRanges } from '@/lib/client/page-ranges';
import type { Chunk, Job } from '@/lib/jobs/schema';

/** Where the job is, in the reader's terms: pages rather than chunks. */
export function useStepText(job: Job, chunks: Chunk[]): string {
  const t = useTranslations('steps');
  const locale = useLocale();
  const { code } = job.current_step;
  if (code !== 'rewriting') return t(code, { pages: job.pages });
  const working = chunks.filter(({ status }) => status === 'processing');
  const pages = working.flatMap(({ page_start, page_end }) =>
    Array.from({ length: page_end - page_start + 1 }, (_, offset) => page_start + offset),
  );
  if (pages.length === 0) return t('rewriting', { done: job.processed_chunks, total: job.total_chunks });
  return t('rewritingPages', { pages: pageRanges(pages, locale), count: pages.length });
}
