import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { holdInSight } from './hold-in-sight';

const HERE = '[data-position]';
const positionOf = (row: Element | null | undefined) => {
  const text = row?.getAttribute('data-position');
  return text === null || text === undefined ? undefined : Number(text);
};

/** Moves from sentence to sentence over the rows that exist, and to one that may still have to appear. */
export function useSentenceFocus(list: RefObject<HTMLElement | null>, goToPage: (page: number) => void) {
  // An object of its own for each jump, so that the same sentence can be jumped to again.
  const [marked, setMarked] = useState<{ page: number; position: number }>();
  const last = useRef<number>(undefined);

  const show = useCallback((row: HTMLElement) => {
    last.current = positionOf(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'center' });
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
      const inSight = rows.findIndex((row) => row.getBoundingClientRect().top > window.innerHeight / 5);
      const next = rows[here === -1 ? inSight : here + by];
      if (next) show(next);
    },
    [list, current, show],
  );
  const goToSentence = useCallback((page: number, position: number) => setMarked({ page, position }), []);

  useEffect(() => {
    if (marked === undefined) return;
    const { page, position } = marked;
    last.current = position;
    return holdInSight({
      find: () => list.current?.querySelector<HTMLElement>(`[data-position="${position}"]`),
      seek: () => goToPage(page),
      isUnsettled: () => list.current?.querySelector('[data-unread]') !== null,
    });
  }, [marked, list, goToPage]);

  return { marked: marked?.position, move, edit, goToSentence, current };
}
