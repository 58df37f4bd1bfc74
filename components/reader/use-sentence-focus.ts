import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const SETTLE_MS = 3_000;
const SETTLE_STEP_MS = 50;
const READER_ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
const HERE = '[data-position]';
const positionOf = (row: Element | null | undefined) => {
  const text = row?.getAttribute('data-position');
  return text === null || text === undefined ? undefined : Number(text);
};

/** Moves from sentence to sentence over the rows that exist, and to one that may still have to appear. */
export function useSentenceFocus(list: RefObject<HTMLElement | null>, goToPage: (page: number) => void) {
  // An object of its own for each jump, so that the same sentence can be jumped to again.
  const [marked, setMarked] = useState<{ position: number }>();
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
  const goToSentence = useCallback(
    (page: number, position: number) => {
      setMarked({ position });
      goToPage(page);
    },
    [goToPage],
  );

  // The page of a marked sentence is fetched first: its row is shown when it comes into being, and kept in sight
  // while the pages around it find their heights, unless the reader moves on.
  useEffect(() => {
    if (marked === undefined || !list.current) return;
    const find = () => list.current?.querySelector<HTMLElement>(`[data-position="${marked.position}"]`);
    const observer = new MutationObserver(() => showOnce());
    const settled = new AbortController();
    const showOnce = () => {
      const row = find();
      if (!row) return;
      observer.disconnect();
      show(row);
      const settling = setInterval(() => find()?.scrollIntoView({ block: 'center' }), SETTLE_STEP_MS);
      settled.signal.addEventListener('abort', () => clearInterval(settling));
      for (const act of READER_ACTS) {
        window.addEventListener(act, () => settled.abort(), { signal: settled.signal, passive: true });
      }
      setTimeout(() => settled.abort(), SETTLE_MS);
    };
    observer.observe(list.current, { childList: true, subtree: true });
    showOnce();
    return () => {
      observer.disconnect();
      settled.abort();
    };
  }, [marked, list, show]);

  return { marked: marked?.position, move, edit, goToSentence, current };
}
