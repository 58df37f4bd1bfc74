import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { FOLDING, foldForSearch } from '@/lib/french/fold-for-search';

/** Whether a text holds what was typed, both folded alike; of quotation marks alone nothing is left to be held. */
export function hasText(text: SQLWrapper, typed: string): SQL {
  const sought = foldForSearch(typed);
  if (sought === '') return sql`false`;
  const pattern = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`${folded(text)} like ${pattern}`;
}

/** As foldForSearch, but for the spaces at both ends. */
export function folded(text: SQLWrapper): SQL {
  const plain = sql`translate(normalize(lower(${text}), NFKD), ${FOLDING.from}, ${FOLDING.to})`;
  const apart = FOLDING.ligatures.reduce((inner, [one, two]) => sql`replace(${inner}, ${one}, ${two})`, plain);
  return sql`regexp_replace(${apart}, ${FOLDING.idleSpaces}, '', 'g')`;
}
