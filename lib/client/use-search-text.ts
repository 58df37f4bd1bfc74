import { useState } from 'react';
import { useSettled } from './use-settled';

/** As long as the server takes it. */
export const LONGEST_QUERY = 200;

/** What is written into a search, and what of it is looked for once the writer pauses. */
export function useSearchText() {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const query = useSettled(wanted.slice(0, LONGEST_QUERY).toWellFormed());
  return { text, setText, query, isCut: wanted.length > LONGEST_QUERY };
}
