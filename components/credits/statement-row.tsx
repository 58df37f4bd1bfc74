import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { titleOf } from '@/lib/client/title-of';
import type { LedgerEntry } from '@/lib/credits/schema';

export function StatementRow({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations('credits');
  const format = useFormatter();
  const locale = useLocale();
  const { kind, amount, job_id: jobId, novel, note, reserved, used, created_at: at } = entry;
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(new Date(at));
  return (
    <tr className="border-line border-b align-baseline">
      <td className="w-18 py-3 pr-3 whitespace-nowrap text-ink-soft tabular-nums">
        <time dateTime={at}>{day}</time>
      </td>
      <td className="py-3 pr-3">
        {t(`kinds.${kind}`, { used: used ?? 0, back: (reserved ?? 0) - (used ?? 0) })}
        {jobId !== null && (
          <span className="block text-ink-soft break-words">
            {novel === null ? (
              t('deleted')
            ) : (
              <Link href={`/jobs/${jobId}`} className="rounded-sm underline decoration-1 underline-offset-4">
                {titleOf({ novel: { name: novel } })}
              </Link>
            )}
          </span>
        )}
        {note !== null && <span className="block text-ink-soft break-words">{note}</span>}
      </td>
      <td className="py-3 text-right whitespace-nowrap tabular-nums">
        {format.number(amount, { signDisplay: 'exceptZero' }).replace('-', '−')}
      </td>
    </tr>
  );
}
