'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { MoreItems } from '@/components/problems/more-items';
import { Waiting } from '@/components/ui/waiting';
import { api } from '@/lib/client/browser-api';
import { groupByMonth } from '@/lib/client/group-by-month';
import { queryKeys } from '@/lib/client/query-keys';
import { StatementRow } from './statement-row';
import { useCredits } from './use-credits';

const ENTRIES_AT_ONCE = 50;

/** Every movement of a reader's credits, month by month, the newest first. */
export function Statement() {
  const t = useTranslations('credits');
  const format = useFormatter();
  // After the balance, for with it the credits of the month are given, which stand in the statement.
  const { isPending: isBefore } = useCredits();
  const list = useInfiniteQuery({
    enabled: !isBefore,
    queryKey: [...queryKeys.credits, 'ledger'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.listLedger({ cursor: pageParam || undefined, limit: ENTRIES_AT_ONCE }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const entries = list.data?.pages.flatMap(({ items }) => items);
  const nameOf = (month: string) =>
    format.dateTime(new Date(`${month}-01T00:00:00Z`), { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <section aria-labelledby="statement" className="mt-12">
      <h2 id="statement" className="font-semibold text-lg">
        {t('statement')}
      </h2>
      {list.isPending && <Waiting label={t('loading')} />}
      {entries?.length === 0 && <p className="mt-3 text-ink-soft">{t('none')}</p>}
      {groupByMonth(entries ?? []).map(({ month, entries: ofMonth }) => (
        <table key={month} className="mt-6 w-full">
          <caption className="book pb-1 text-left text-xl first-letter:uppercase">{nameOf(month)}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('entry')}</th>
              <th scope="col">{t('amount')}</th>
            </tr>
          </thead>
          <tbody className="border-line border-t">
            {ofMonth.map((entry) => (
              <StatementRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      ))}
      <MoreItems list={list} words={{ again: t('again'), more: t('more') }} />
    </section>
  );
}
