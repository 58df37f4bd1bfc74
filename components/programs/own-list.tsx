import type { ReactNode } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Waiting } from '@/components/ui/waiting';

interface OwnListProps<Item> {
  list: { data: { items: Item[] } | undefined; error: Error | null; refetch: () => unknown };
  words: { loading: string; again: string; none: string };
  children: (item: Item) => ReactNode;
}

/** The keys or webhooks that somebody has. */
export function OwnList<Item>({ list: { data, error, refetch }, words, children }: OwnListProps<Item>) {
  return (
    <div className="mt-6">
      {!data && !error && <Waiting label={words.loading} lines={3} />}
      {error && !data && (
        <ProblemOf error={error}>
          <Button onClick={() => refetch()}>{words.again}</Button>
        </ProblemOf>
      )}
      {data?.items.length === 0 && <p className="text-ink-soft">{words.none}</p>}
      <ul className="divide-y divide-line">{data?.items.map(children)}</ul>
    </div>
  );
}
