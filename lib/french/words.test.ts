import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWords, words } from './words';

it.each([
  ['L’arbre est peut-être mort, qu’il dit.', 6],
  ['« Vraiment\u202f?\u00a0» dit-elle — non\u00a0!', 3],
  ['Le n° 12, à 7 h 30.', 7],
  ['* * *', 0],
  ['', 0],
])('counts the words of « %s »', (text, count) => {
  expect(countWords(text)).toBe(count);
});

it('leaves punctuation with its word and drops what stands alone', () => {
  expect(words('« Oui ! » dit-il.')).toEqual(['Oui', 'dit-il.']);
});

it('counts as many words as there are, whatever the text', () => {
  const pieces = fc.constantFrom(
    'a',
    'É',
    '9',
    '-',
    '’',
    '«',
    ' ',
    '\u00a0',
    '\u202f',
    '\ufeff',
    '\n',
    '𝒜',
    '\ud835',
    '—',
    '…',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 2 }))).map((parts) => parts.join(''));
  fc.assert(fc.property(text, (any) => countWords(any) === words(any).length));
});
