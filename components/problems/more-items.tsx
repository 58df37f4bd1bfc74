import { Button } from '@/components/ui/button';
import { ProblemOf } from './problem-of';

/** What TanStack Query tells of a list that comes page by page. */
interface PagedList {
  data: unknown;
  error: Error | null;
  refetch: () => unknown;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
}

/** The end of such a list: how to get more, or why it did not come. */
export function MoreItems({ list, words }: { list: PagedList; words: { again: string; more: string } }) {
  const { data, error, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  // A page that is only looked at once more is still there when that fails.
  if (error && (!data || isFetchNextPageError)) {
    return (
      <div className="mt-6">
        <ProblemOf error={error}>
          <Button onClick={() => (data ? list.fetchNextPage() : list.refetch())}>{words.again}</Button>
        </ProblemOf>
      </div>
    );
  }
  if (!hasNextPage) return null;
  return (
    <p className="mt-6 text-center">
      <Button disabled={isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        {words.more}
      </Button>
    </p>
  );
}
