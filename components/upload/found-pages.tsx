import { useLocale, useTranslations } from 'next-intl';
import type { Quote } from '@/lib/jobs/quote-schema';

/** « 12 pages: 11 with text, 1 blank ». */
export function FoundPages({ file }: Pick<Quote, 'file'>) {
  const t = useTranslations('estimate');
  const locale = useLocale();
  const { pages } = file;
  if (file.text_pages === pages) return t('found.all', { pages });
  const kinds = [
    ['text', file.text_pages],
    ['blank', file.blank_pages],
    ['scanned', file.scanned_pages],
    ['garbled', file.garbled_pages],
    ['foreign', file.foreign_pages],
  ] as const;
  const parts = kinds.flatMap(([kind, count]) => (count > 0 ? [t(`found.${kind}`, { count })] : []));
  return t('found.some', { pages, parts: new Intl.ListFormat(locale, { type: 'unit' }).format(parts) });
}
