import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useStoredValue } from '@/lib/client/use-stored-value';
import { followInAddress, pageInAddress } from './use-page-address';

const Place = z.object({ page: z.int().min(1) });
type Place = z.infer<typeof Place>;
const BEGINNING: Place = { page: 1 };

/** Height of a page before it is known, and of the bar that stays above the text. */
const TYPICAL_PAGE_PX = 900;
export const TOOLBAR_PX = 72;
/** A page of which no more than this is left in sight has been read; the foot of each has more white than that. */
const FOOT_PX = 8;

/**
 * The pages of a novel in a window that scrolls: only those in sight exist. Remembers where the reader was;
 * the address, which follows, comes first.
 * What lies before `firstPage` has no height.
 */
export function useReadingPlace(jobId: string, firstPage: number, pages: number) {
  const list = useRef<HTMLDivElement>(null);
  const [offsetTop, setOffsetTop] = useState(0);
  const [stored, store] = useStoredValue('local', `place:${jobId}`, Place, BEGINNING);
  const virtualizer = useWindowVirtualizer({
    count: pages,
    estimateSize: () => TYPICAL_PAGE_PX,
    overscan: 1,
    scrollMargin: offsetTop,
    scrollPaddingStart: TOOLBAR_PX,
    // Not rounded, as it would be by itself: over many pages the fractions add up.
    measureElement: (element) => element.getBoundingClientRect().height,
  });
  const items = virtualizer.getVirtualItems();
  const top = (virtualizer.scrollOffset ?? 0) + TOOLBAR_PX + FOOT_PX;
  const page = Math.max(firstPage, Math.min(pages, (items.find(({ end }) => end > top)?.index ?? 0) + 1));

  useLayoutEffect(() => {
    const measure = () => setOffsetTop(list.current ? list.current.getBoundingClientRect().top + window.scrollY : 0);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const goToPage = useCallback(
    (target: number) => virtualizer.scrollToIndex(Math.min(pages, Math.max(1, target)) - 1, { align: 'start' }),
    [virtualizer, pages],
  );

  useEffect(() => {
    // The browser knows how far down one was, but not how high the pages are that it has not seen.
    window.history.scrollRestoration = 'manual';
    return () => {
      window.history.scrollRestoration = 'auto';
    };
  }, []);

  const [start, setStart] = useState<number>();
  const isRestored = useRef(false);
  const hasMoved = useRef(false);
  useEffect(() => {
    if (offsetTop === 0 || isRestored.current) return;
    isRestored.current = true;
    const wanted = Math.min(pages, pageInAddress() ?? stored.page);
    if (wanted > 1) setStart(wanted);
  }, [offsetTop, stored.page, pages]);
  useEffect(() => {
    if (!isRestored.current) return;
    if (virtualizer.isScrolling) {
      hasMoved.current = true;
      store(() => ({ page: page === firstPage ? 1 : page }));
    } else if (hasMoved.current) followInAddress(page === firstPage ? undefined : page);
  }, [page, firstPage, store, virtualizer.isScrolling]);

  return { list, items, virtualizer, page, goToPage, start, offsetTop };
}
