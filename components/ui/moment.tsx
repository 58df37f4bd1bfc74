import { useLocale } from 'next-intl';

interface MomentProps {
  /** ISO 8601. */
  instant: string;
}

/** In the reader's language and time zone; for what the browser has fetched, never rendered on the server. */
export function Moment({ instant }: MomentProps) {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
  return <time dateTime={instant}>{text}</time>;
}
