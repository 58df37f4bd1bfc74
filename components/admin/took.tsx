import { useFormatter, useTranslations } from 'next-intl';
import { Duration } from '@/components/jobs/duration';

/** How long something took, finer the shorter it was. */
export function Took({ ms }: { ms: number }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  if (ms < 1_000) return t('milliseconds', { ms: Math.round(ms) });
  if (ms >= 10_000) return <Duration seconds={Math.round(ms / 1_000)} />;
  return t('seconds', { seconds: format.number(ms / 1_000, { maximumFractionDigits: 1 }) });
}
