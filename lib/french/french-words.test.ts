import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { isFrenchWord } from './french-words';

const file = createRequire(import.meta.url).resolve('an-array-of-french-words');
const list: string[] = JSON.parse(readFileSync(file, 'utf8'));

describe('isFrenchWord', () => {
  const sample = list.filter((_, index) => index % 17 === 0 || index > list.length - 10);

  it('finds the words of the list, from the first to the last', () => {
    expect(sample.filter((word) => !isFrenchWord(word))).toEqual([]);
  });

  it('finds nothing that is not in the list', () => {
    const known = new Set(list);
    const strangers = sample.flatMap((word) => [`${word}zq`, word.slice(0, -1)]).filter((word) => !known.has(word));
    expect(strangers.filter(isFrenchWord)).toEqual([]);
    expect(['', '"', ',', '","', '[', 'ôtés"]'].filter(isFrenchWord)).toEqual([]);
  });

  it('knows the joined letters of a word', () => {
    expect(isFrenchWord('cœur')).toBe(true);
  });
});
