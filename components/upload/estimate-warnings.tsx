import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { Quote } from '@/lib/jobs/quote-schema';

interface EstimateWarningsProps {
  quote: Quote;
  maxWords: number;
}

export function EstimateWarnings({ quote, maxWords }: EstimateWarningsProps) {
  const t = useTranslations('estimate');
  const { warnings, file } = quote;
  if (warnings.length === 0) return null;
  const counts = {
    scanned: file.scanned_pages,
    garbled: file.garbled_pages,
    foreign: file.foreign_pages,
    words: maxWords,
  };
  return (
    <Notice tone="attention" title={t('warnings')}>
      {warnings.map(({ code }) => (
        <p key={code}>{t(`warning.${code}`, counts)}</p>
      ))}
    </Notice>
  );
}
