import { useSyncExternalStore } from 'react';

const TOUCH = '(pointer: coarse)';

const subscribe = (listener: () => void) => {
  const query = window.matchMedia(TOUCH);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the page is used by finger, where nothing can be pointed at without being pressed. */
export const useTouch = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(TOUCH).matches,
    () => false,
  );
