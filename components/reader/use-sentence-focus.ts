import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { holdInSight } from './hold-in-sight';
import { TOOLBAR_PX } from './use-reading-place';

const LOWEST_SHARE = 0.85;
const HERE = '[data-position]';
const positionOf = (row: Element | null | undefined) => {
  const text = row?.getAttribute('data-position');
  return text === null || text === undefined ? undefined : Number(text);
};

interface Aim {
  page: number;
  position: number | undefined;
  takesFocus: boolean;
}

/** Moves from sentence to sentence over the rows that exist, and to a sentence or page that may still have to appear. */
export function useSentenceFocus(
  list: RefObject<HTMLElement | null>,
  goToPage: (page: number) => void,
  start: number | undefined,
) {
  // An object of its own for each jump, so that the same sentence can be jumped to again.
  const [aim, setAim] = useState<Aim>();
  const last = useRef<number>(undefined);

  const show = useCallback((row: HTMLElement) => {
    last.current = positionOf(row);
    row.focus({ preventScroll: true });
    const { top, bottom } = row.getBoundingClientRect();
    // The text stands still while the next sentence is well in sight.
    if (top < TOOLBAR_PX || bottom > window.innerHeight * LOWEST_SHARE) row.scrollIntoView({ block: 'center' });
  }, []);

  const current = useCallback(() => positionOf(document.activeElement?.closest(HERE)) ?? last.current, []);
  const edit = useCallback(() => {
    list.current?.querySelector<HTMLElement>(`[data-position="${current()}"] [data-edit]`)?.click();
  }, [list, current]);
  const move = useCallback(
    (by: 1 | -1) => {
      const rows = [...(list.current?.querySelectorAll<HTMLElement>(HERE) ?? [])];
      const from = current();
      const here = rows.findIndex((row) => positionOf(row) === from);
      const inSight = rows.findIndex((row) => row.getBoundingClientRect().top > TOOLBAR_PX);
      const next = rows[here === -1 ? inSight : here + by];
      if (next) show(next);
    },
    [list, current, show],
  );
  const turnTo = useCallback((page: number) => setAim({ page, position: undefined, takesFocus: false }), []);
  const goTo = useCallback((page: number, position?: number) => setAim({ page, position, takesFocus: true }), []);

  useEffect(() => {
    // The focus stays where the browser puts it in a page that is loaded.
    if (start !== undefined) turnTo(start);
  }, [start, turnTo]);
  useEffect(() => {
    if (aim === undefined) return;
    const { page, position, takesFocus } = aim;
    last.current = position;
    return holdInSight({
      find: () =>
        list.current?.querySelector<HTMLElement>(
          position === undefined ? `[data-page="${page}"]` : `[data-position="${position}"]`,
        ),
      takesFocus,
      block: position === undefined ? 'start' : 'center',
      seek: () => goToPage(page),
      isUnsettled: () => list.current?.querySelector('[data-unread]') !== null,
    });
  }, [aim, list, goToPage]);

  return { marked: aim?.position, move, edit, goTo, turnTo, current };
}
