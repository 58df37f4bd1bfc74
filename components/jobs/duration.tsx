import { useTranslations } from 'next-intl';

interface DurationProps {
  seconds: number;
  /** An estimate: said with “about”, and no finer than it is known. */
  isRough?: boolean;
}

const MINUTE = 60;
const HOUR = 3600;

export function Duration({ seconds, isRough = false }: DurationProps) {
  const t = useTranslations('duration');
  const about = isRough ? 'about' : 'exact';
  if (seconds < MINUTE) {
    const rounded = isRough ? Math.max(5, Math.ceil(seconds / 5) * 5) : seconds;
    return t(`${about}.seconds`, { seconds: rounded });
  }
  if (seconds < HOUR) {
    if (isRough) return t('about.minutes', { minutes: Math.round(seconds / MINUTE) });
    return t('exact.minutes', { minutes: Math.floor(seconds / MINUTE), seconds: seconds % MINUTE });
  }
  return t(`${about}.hours`, { hours: Math.floor(seconds / HOUR), minutes: Math.floor((seconds % HOUR) / MINUTE) });
}
