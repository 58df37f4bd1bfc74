import { foldForSearch, foldWithPlaces } from '@/lib/french/fold-for-search';

const AROUND = 60;

/** The first place where `text` holds `query`, folded as for a search, with some of what stands around it. */
export function splitAround(text: string, query: string) {
  const folded = foldWithPlaces(text);
  const sought = foldForSearch(query);
  const found = folded.text.indexOf(sought);
  const first = folded.places[found];
  const last = folded.places[found + sought.length - 1];
  if (sought === '' || !first || !last) return undefined;
  const at = first.start;
  // An accent written apart goes with its letter.
  const end = last.end + (/^\p{M}*/u.exec(text.slice(last.end))?.[0].length ?? 0);
  const start = at <= AROUND ? 0 : text.indexOf(' ', at - AROUND) + 1;
  const stop = text.length - end <= AROUND ? text.length : text.lastIndexOf(' ', end + AROUND);
  return {
    before: `${start > 0 ? '… ' : ''}${text.slice(Math.min(start, at), at)}`,
    match: text.slice(at, end),
    after: `${text.slice(end, Math.max(stop, end))}${stop < text.length ? ' …' : ''}`,
  };
}
