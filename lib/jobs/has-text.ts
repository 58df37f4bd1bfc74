import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { FOLDING, foldForSearch } from '@/lib/french/fold-for-search';

/**
 * Whether a text holds what was typed, both folded alike; of quotation marks alone nothing is left to be held. Folding a
 * text costs ten times as much as a look at it: only those are folded that look as if they could.
 */
export function hasText(text: SQLWrapper, typed: string): SQL {
  const sought = foldForSearch(typed);
  if (sought === '') return sql`false`;
  const pattern = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(${text} ~* ${looksLike(sought)} and ${folded(text)} like ${pattern})`;
}

/** As foldForSearch, but for the spaces at both ends. */
export function folded(text: SQLWrapper): SQL {
  const plain = sql`translate(normalize(lower(${text}), NFKD), ${FOLDING.from}, ${FOLDING.to})`;
  const apart = FOLDING.ligatures.reduce((inner, [one, two]) => sql`replace(${inner}, ${one}, ${two})`, plain);
  return sql`regexp_replace(${apart}, ${FOLDING.idleSpaces}, '', 'g')`;
}

const ACCENTED = 'À-ÿœæŒÆ';
/** What else folds may do to a text than `looksLike` knows: any sign beyond those of French, a quotation mark in a word. */
const ODD = `[^ -~\\s\u00a0\u202f${ACCENTED}’‘ʼ\u2010-\u2015«»“”…]|[[:alnum:]][«»“”"]+[[:alnum:]]`;
/** More would say little more, and cost more. */
const MOST_SIGNS = 40;

/** A pattern that finds every text whose folding holds `sought`, and few others. */
function looksLike(sought: string): string {
  const signs = sought.slice(0, MOST_SIGNS).replace(/[oa]e|[aceinouy]|[^a-z0-9]+/g, (part) => {
    if (/^[oa]e$/.test(part)) return `(?:[${ACCENTED}]|[${part.charAt(0)}${ACCENTED}][e${ACCENTED}])`;
    return /^[a-z]/.test(part) ? `[${part}${ACCENTED}]` : '[^a-z0-9]*';
  });
  return `${signs}|${ODD}`;
}
