import { useEffect } from 'react';

const NAME = 'page';

/** The page that the address names, as in /jobs/…?page=12. */
export function pageInAddress(): number | undefined {
  const text = new URLSearchParams(window.location.search).get(NAME) ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

const addressOf = (page: number | undefined) =>
  page === undefined ? window.location.pathname : `${window.location.pathname}?${NAME}=${page}`;

/** The address follows the reader; at the beginning of the novel it is the novel's own. */
export function followInAddress(page: number | undefined): void {
  if (page !== pageInAddress()) window.history.replaceState(null, '', addressOf(page));
}

/** A jump: Back leads to where the reader was, as the address says it, or else `from`. */
export function leapInAddress(from: number, to: number): void {
  const here = pageInAddress() ?? from;
  followInAddress(here);
  if (here !== to) window.history.pushState(null, '', addressOf(to));
}

/** Back and Forward, within this novel; the browser itself knows only how far down it was. */
export function useBackAndForward(onPage: (page: number | undefined) => void): void {
  useEffect(() => {
    const path = window.location.pathname;
    const follow = () => window.location.pathname === path && onPage(pageInAddress());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [onPage]);
}
