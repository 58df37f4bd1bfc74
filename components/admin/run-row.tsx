import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Moment } from '@/components/ui/moment';
import type { Run } from '@/lib/runs/schema';
import { RunState } from './run-state';
import { Took } from './took';
import { tookMs } from './took-ms';

export function RunRow({ run }: { run: Run }) {
  const t = useTranslations('runs');
  const { id, status, state, job_id: jobId, steps, attempts, error, queued_at: queued } = run;
  const ms = tookMs(run);
  return (
    <tr className="border-line border-b align-baseline">
      <td className="py-3 pr-3">
        <Link
          href={`/admin/runs/${id}`}
          prefetch={false}
          className="rounded-sm underline decoration-1 underline-offset-4 break-words hover:decoration-2"
        >
          {run.function.name}
        </Link>
        <span className="block text-ink-soft text-sm">
          <Moment instant={queued} />
        </span>
        {jobId !== null && <span className="block text-ink-soft text-sm max-sm:hidden">{t('ofJob', { jobId })}</span>}
      </td>
      <td className="py-3 pr-3">
        <RunState state={state ?? status} />
        {error && <span className="block text-sm wrap-anywhere">{error.code ?? error.name}</span>}
        {attempts > 1 && <span className="block text-ink-soft text-sm">{t('attempts', { attempts })}</span>}
      </td>
      <td className="py-3 text-right whitespace-nowrap tabular-nums">
        {t('stepsDone', steps)}
        {ms !== undefined && (
          <span className="block text-ink-soft text-sm">
            <Took ms={ms} />
          </span>
        )}
      </td>
    </tr>
  );
}
