import { useEffect } from 'react';

export type ReaderKey = 'j' | 'k' | 'n' | 'p' | 'g' | 'o' | 'e' | '/' | '?';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null;

/** Single keys, wherever the focus is but not where one writes. The handlers must be stable. */
export function useReaderKeys(handlers: Record<ReaderKey, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const handler = new Map(Object.entries(handlers)).get(event.key);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [handlers]);
}
