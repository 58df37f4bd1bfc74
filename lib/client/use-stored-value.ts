import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';

type Place = 'local' | 'session';

/** Tells every user of a key in this page; other tabs hear of it by the browser's own `storage` event. */
const changes = new EventTarget();

const storageOf = (place: Place) => (place === 'local' ? window.localStorage : window.sessionStorage);

/** A value that outlives the page, checked by `schema`; `fallback` on the server and where nothing valid is stored. */
export function useStoredValue<Value>(place: Place, key: string, schema: z.ZodType<Value>, fallback: Value) {
  const subscribe = useCallback(
    (listener: () => void) => {
      changes.addEventListener(key, listener);
      window.addEventListener('storage', listener);
      return () => {
        changes.removeEventListener(key, listener);
        window.removeEventListener('storage', listener);
      };
    },
    [key],
  );
  const text = useSyncExternalStore(
    subscribe,
    () => storageOf(place).getItem(key),
    () => null,
  );
  const value = useMemo(() => read(text, schema, fallback), [text, schema, fallback]);
  const store = useCallback(
    (change: (current: Value) => Value) => {
      const current = read(storageOf(place).getItem(key), schema, fallback);
      storageOf(place).setItem(key, JSON.stringify(change(current)));
      changes.dispatchEvent(new Event(key));
    },
    [place, key, schema, fallback],
  );
  return [value, store] as const;
}

function read<Value>(text: string | null, schema: z.ZodType<Value>, fallback: Value): Value {
  if (text === null) return fallback;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : fallback;
  } catch {
    return fallback;
  }
}
