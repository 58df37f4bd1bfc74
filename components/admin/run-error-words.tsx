import { useTranslations } from 'next-intl';
import { isErrorCode } from '@/lib/errors';
import type { RunError } from '@/lib/runs/schema';

/** What an error means, as far as that may be said here. */
export function RunErrorWords({ error: { code, message } }: { error: RunError }) {
  const t = useTranslations('runs');
  const tError = useTranslations('errors');
  if (code !== null && isErrorCode(code)) return <p>{tError(`${code}.what`, { megabytes: 0, pages: 0 })}</p>;
  return <p className="wrap-anywhere">{message ?? t('inTheLog')}</p>;
}
