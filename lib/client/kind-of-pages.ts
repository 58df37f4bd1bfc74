import { PAGE_KINDS, type PageKind } from '@/lib/french/novel-text';
import type { JobReport } from '@/lib/jobs/schema';

/** The report's lists of pages by kind, turned round. */
export function kindOfPages(report: JobReport | undefined): Map<number, PageKind> {
  const kinds = new Map<number, PageKind>();
  for (const kind of PAGE_KINDS) {
    for (const page of report?.pages.by_kind[kind] ?? []) kinds.set(page, kind);
  }
  return kinds;
}
