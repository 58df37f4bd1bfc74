import { createTranslator } from 'next-intl';
import { pageRanges } from '@/lib/client/page-ranges';
import type { JobReport } from '@/lib/jobs/schema';
import en from '@/messages/en.json';

const KINDS = ['scanned', 'garbled', 'foreign', 'blank'] as const;

/** Pages that gave nothing, each kind with its reason, in the words of the page. */
export function gapsOf({ pages }: Pick<JobReport, 'pages'>): string[] {
  const t = createTranslator({ locale: 'en', messages: en, namespace: 'gaps' });
  return KINDS.flatMap((kind) => {
    const found = pages.by_kind[kind] ?? [];
    return found.length === 0 ? [] : [t(kind, { count: found.length, pages: pageRanges(found, 'en') })];
  });
}
