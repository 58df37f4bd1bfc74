import { createRequire } from 'node:module';

let words: Set<string> | undefined;

/** In the list of French word forms; `word` in lower case. The list (4.5 MB) is read at the first question. */
export function isFrenchWord(word: string): boolean {
  words ??= load();
  const plain = word.replaceAll('’', "'");
  return words.has(plain) || words.has(plain.replaceAll('œ', 'oe'));
}

function load(): Set<string> {
  const require = createRequire(import.meta.url);
  const list: string[] = require('an-array-of-french-words');
  return new Set(list);
}
