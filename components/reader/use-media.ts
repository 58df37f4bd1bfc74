import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds; the server, which cannot know, says `onServer`. */
function useMedia(query: string, onServer: boolean): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => onServer,
  );
}

/** Whether the page is used by finger, where nothing can be pointed at without being pressed. */
export const useTouch = (): boolean => useMedia('(pointer: coarse)', false);

/** Whether two columns of text have room side by side. */
export const useWideScreen = (): boolean => useMedia('(min-width: 56rem)', true);
