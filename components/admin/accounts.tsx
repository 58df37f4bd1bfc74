'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MoreItems } from '@/components/problems/more-items';
import { Dialog } from '@/components/ui/dialog';
import { SearchField } from '@/components/ui/search-field';
import { Waiting } from '@/components/ui/waiting';
import type { Account } from '@/lib/account/schema';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { useSearchText } from '@/lib/client/use-search-text';
import { AccountRow } from './account-row';
import { AdjustCredits } from './adjust-credits';

/** Who has an account, the newest first, and what each has left. */
export function Accounts() {
  const t = useTranslations('admin');
  const search = useSearchText();
  const { query: q } = search;
  const [chosen, setChosen] = useState<Account>();
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.accounts, q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => api.listAccounts({ q, cursor: pageParam }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const accounts = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <SearchField label={t('search')} search={search} />
      {list.isPending && <Waiting label={t('loading')} />}
      {accounts?.length === 0 && <p className="mt-6 text-ink-soft">{t('none')}</p>}
      {accounts && accounts.length > 0 && (
        <table className="mt-6 w-full">
          <caption className="sr-only">{t('accounts')}</caption>
          <thead>
            <tr className="border-line border-b text-left text-ink-soft text-sm">
              <th scope="col" className="py-2 pr-3 font-normal">
                {t('account')}
              </th>
              <th scope="col" className="py-2 pr-3 text-right font-normal">
                {t('balance')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} onAdjust={setChosen} />
            ))}
          </tbody>
        </table>
      )}
      <MoreItems list={list} words={{ again: t('again'), more: t('more') }} />
      <Dialog
        isOpen={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={t('creditsOf', { email: chosen?.email ?? '' })}
        closeLabel={t('close')}
        titleClassName="break-all"
      >
        {chosen && <AdjustCredits account={chosen} onDone={() => setChosen(undefined)} />}
      </Dialog>
    </>
  );
}
