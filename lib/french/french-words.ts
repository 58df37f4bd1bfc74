import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let list: string | undefined;

/** In the list of French word forms; `word` in lower case. The list (4.5 MB) is read at the first question. */
export function isFrenchWord(word: string): boolean {
  const plain = word.replaceAll('’', "'");
  return isListed(plain) || (plain.includes('œ') && isListed(plain.replaceAll('œ', 'oe')));
}

function load(): string {
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve('an-array-of-french-words'), 'utf8');
}

const SEPARATOR = '","';

/** The list is sorted, so that it is searched by halves as it lies in its file: no set of 336,524 strings to build. */
function isListed(word: string): boolean {
  list ??= load();
  let from = list.indexOf('"') + 1;
  let to = list.lastIndexOf('"');
  while (from < to) {
    const before = list.lastIndexOf(SEPARATOR, Math.floor((from + to) / 2));
    const start = before < from ? from : before + SEPARATOR.length;
    const next = list.indexOf(SEPARATOR, start);
    const end = next === -1 || next > to ? to : next;
    const found = list.slice(start, end);
    if (found === word) return true;
    if (found < word) from = end + SEPARATOR.length;
    else to = start - SEPARATOR.length;
  }
  return false;
}
