import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { MoreItems } from '@/components/problems/more-items';
import { SelectField } from '@/components/ui/select-field';
import { Waiting } from '@/components/ui/waiting';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { type EmbeddedState, RUN_STATUSES } from '@/lib/runs/schema';
import { LOOK_AGAIN_MS } from './look-again';
import { RunRow } from './run-row';

/** The filter stands in the address, so that it survives a look at one run. */
function useFilter() {
  const query = useSearchParams();
  const router = useRouter();
  const status = RUN_STATUSES.find((name) => name === query.get('status')) ?? '';
  const filter = { status, function: query.get('function') ?? '' } as const;
  const choose = (name: keyof typeof filter, value: string) => {
    const next = new URLSearchParams(query);
    if (value === '') next.delete(name);
    else next.set(name, value);
    router.replace(`?${next}`, { scroll: false });
  };
  return { filter, choose };
}

/** Runs, the newest first. The first page is looked at again and again, further ones when they are asked for. */
export function RunList({ functions }: { functions: EmbeddedState['functions'] }) {
  const t = useTranslations('runs');
  const { filter, choose } = useFilter();
  const list = useInfiniteQuery({
    queryKey: queryKeys.runs(filter),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => api.listRuns({ ...filter, cursor: pageParam }, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : LOOK_AGAIN_MS),
  });
  const runs = list.data?.pages.flatMap(({ items }) => items);
  const isFiltered = filter.status !== '' || filter.function !== '';
  return (
    <section aria-labelledby="runs" className="mt-8 border-line border-t pt-8">
      <h2 id="runs" className="font-semibold text-lg">
        {t('list')}
      </h2>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <SelectField label={t('state')} value={filter.status} onChange={(value) => choose('status', value)}>
          <option value="">{t('allStates')}</option>
          {RUN_STATUSES.map((name) => (
            <option key={name} value={name}>
              {t(`filters.${name}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('function')} value={filter.function} onChange={(value) => choose('function', value)}>
          <option value="">{t('allFunctions')}</option>
          {functions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      {list.isPending && <Waiting label={t('loading')} />}
      {runs?.length === 0 && <p className="mt-6 text-ink-soft">{t(isFiltered ? 'noneFound' : 'none')}</p>}
      {runs && runs.length > 0 && (
        <table className="mt-4 w-full">
          <caption className="sr-only">{t('list')}</caption>
          <thead>
            <tr className="border-line border-b text-left text-ink-soft text-sm">
              <th scope="col" className="py-2 pr-3 font-normal">
                {t('run')}
              </th>
              <th scope="col" className="py-2 pr-3 font-normal">
                {t('state')}
              </th>
              <th scope="col" className="py-2 text-right font-normal">
                {t('steps')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      )}
      <MoreItems list={list} words={{ again: t('again'), more: t('more') }} />
    </section>
  );
}
