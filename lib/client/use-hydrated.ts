import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether the page has come to life: before that a button hears nothing, and had better say so. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
