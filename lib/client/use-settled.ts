import { useEffect, useState } from 'react';

const SETTLE_MS = 250;

/** The value once it has stood still for a moment: so that no question is sent for every letter or every step. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
