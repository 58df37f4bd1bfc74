import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { SearchField } from '@/components/ui/search-field';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { splitAround } from '@/lib/client/split-around';
import { useSearchText } from '@/lib/client/use-search-text';
import type { Job, SentencePair } from '@/lib/jobs/schema';

interface SearchPanelProps {
  job: Job;
  onGo: (page: number, position: number) => void;
}

const RESULTS_AT_ONCE = 50;
const SHORTEST_QUERY = 2;

export function SearchPanel({ job, onGo }: SearchPanelProps) {
  const t = useTranslations('search');
  const search = useSearchText();
  const { query } = search;
  const isEnough = query.length >= SHORTEST_QUERY;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: queryKeys.search(job.id, query),
    enabled: isEnough,
    initialPageParam: -1,
    queryFn: ({ pageParam, signal }) =>
      api.getSentences(job.id, { q: query, after: pageParam, limit: RESULTS_AT_ONCE }, { signal }),
    getNextPageParam: ({ next }) => (next === null ? undefined : Number(next)),
  });
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="space-y-4">
      <SearchField label={t('label')} search={search} autoFocus />
      <p role="status" className="text-ink-soft">
        {isEnough && data && t(hasNextPage ? 'foundMore' : 'found', { count: found.length })}
      </p>
      {error && <ProblemOf error={error} />}
      <ol className="-mx-3">
        {found.map((sentence) => (
          <li key={sentence.position}>
            <SearchResult sentence={sentence} query={query} onGo={onGo} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}

interface SearchResultProps {
  sentence: SentencePair;
  query: string;
  onGo: (page: number, position: number) => void;
}

function SearchResult({ sentence, query, onGo }: SearchResultProps) {
  const t = useTranslations('search');
  const { original, rewrites, page_start: page, position } = sentence;
  const { before, match, after } = splitAround(original, query) ??
    splitAround(rewrites.join(' '), query) ?? { before: original, match: '', after: '' };
  return (
    <button
      type="button"
      onClick={() => onGo(page, position)}
      className="block w-full rounded-md px-3 py-2.5 text-left hover:bg-mark"
    >
      <span className="block text-ink-soft text-sm">{t('page', { page })}</span>
      <span lang="fr" className="book block">
        {before}
        <mark className="bg-amber-wash font-semibold text-amber">{match}</mark>
        {after}
      </span>
    </button>
  );
}
