import { ChevronRight } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import type { EmbeddedState } from '@/lib/runs/schema';

type Counts = EmbeddedState['functions'][number];

const COLUMNS = ['running', 'completed', 'failed', 'cancelled'] as const;
const COLOURS = { completed: 'bg-accent', failed: 'bg-red', cancelled: 'bg-edge' };

const ended = ({ completed, failed, cancelled }: Counts) => completed + failed + cancelled;

/** A day of runs by function; its bars are beside the numbers, for the eye. */
export function FunctionTable({ functions }: { functions: Counts[] }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const used = functions.filter((one) => ended(one) + one.running > 0);
  const most = Math.max(1, ...used.map(ended));
  if (used.length === 0) return null;
  return (
    <details className="group mt-1">
      <summary className="flex min-h-11 w-fit list-none items-center gap-1 rounded-md text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4.5 stroke-[1.5] transition-transform group-open:rotate-90" />
        {t('byFunction')}
      </summary>
      <table className="w-full text-sm tabular-nums sm:text-base">
        <caption className="sr-only">{t('byFunctionCaption')}</caption>
        <thead>
          <tr className="border-line border-b text-left text-ink-soft text-sm">
            <th scope="col" className="py-2 pr-3 font-normal">
              {t('function')}
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={classNames('py-2 pl-3 text-right font-normal', narrow(column))}>
                {t(`states.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map((one) => (
            <tr key={one.id} className="border-line border-b align-baseline">
              <th scope="row" className="py-2 text-left font-normal break-words">
                {one.name}
                <span aria-hidden className="mt-1 flex h-1" style={{ width: `${(ended(one) / most) * 100}%` }}>
                  {(['completed', 'failed', 'cancelled'] as const).map((part) => (
                    <span key={part} className={COLOURS[part]} style={{ flexGrow: one[part] }} />
                  ))}
                </span>
              </th>
              {COLUMNS.map((column) => (
                <td
                  key={column}
                  className={classNames(
                    'py-2 pl-3 text-right',
                    column === 'failed' && one.failed > 0 && 'font-semibold text-red',
                    narrow(column),
                  )}
                >
                  {format.number(one[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** On a phone there is no room for what is looked at least. */
const narrow = (column: string) => column === 'cancelled' && 'max-sm:hidden';
