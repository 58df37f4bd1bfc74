'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { LibraryBig, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MoreItems } from '@/components/problems/more-items';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Waiting } from '@/components/ui/waiting';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { useSearchText } from '@/lib/client/use-search-text';
import type { JobStatus } from '@/lib/jobs/status';
import { Shelf } from './shelf';
import { ShelfFilter } from './shelf-filter';
import { useDeleteWithUndo } from './use-delete-with-undo';

const JOBS_AT_ONCE = 50;
const LOOK_AGAIN_MS = 5_000;

export function Library() {
  const t = useTranslations('library');
  const search = useSearchText();
  const { query: q } = search;
  const [status, setStatus] = useState<JobStatus>();
  const { hidden, deleteJob } = useDeleteWithUndo();
  const list = useInfiniteQuery({
    queryKey: queryKeys.shelf({ q, status: status ?? '' }),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.listJobs({ q, status, cursor: pageParam || undefined, limit: JOBS_AT_ONCE }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status: of }) => of === 'pending' || of === 'processing'))
        ? LOOK_AGAIN_MS
        : false,
  });
  const jobs = list.data?.pages.flatMap(({ items }) => items).filter(({ id }) => !hidden.has(id));
  const isFiltered = q !== '' || status !== undefined;

  return (
    <>
      <h1 className="book mb-6 text-3xl sm:text-4xl">{t('title')}</h1>
      {(isFiltered || (jobs !== undefined && jobs.length > 0)) && (
        <ShelfFilter search={search} status={status} onStatus={setStatus} />
      )}
      {list.isPending && <Waiting label={t('loading')} />}
      {jobs && jobs.length > 0 && <Shelf jobs={jobs} onDelete={deleteJob} />}
      {jobs?.length === 0 && isFiltered && (
        <EmptyState icon={SearchX} title={t('noneFoundTitle')}>
          <p>{t('noneFound')}</p>
        </EmptyState>
      )}
      {jobs?.length === 0 && !isFiltered && (
        <EmptyState icon={LibraryBig} title={t('emptyTitle')}>
          <p>{t('empty')}</p>
          <Button asChild kind="primary">
            <Link href="/">{t('first')}</Link>
          </Button>
        </EmptyState>
      )}
      <MoreItems list={list} words={{ again: t('again'), more: t('more') }} />
    </>
  );
}
