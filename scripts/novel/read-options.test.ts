import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from './read-options';

describe('readOptions', () => {
  it('names the result after the novel when nothing else is asked for', () => {
    expect(readOptions(['shelf/book.pdf'])).toMatchObject({ pdf: 'shelf/book.pdf', out: 'book.csv', format: 'csv' });
  });

  it('takes the format from the ending of the result', () => {
    expect(readOptions(['book.pdf', '-o', 'Short.PDF']).format).toBe('pdf');
  });

  it('checks the settings the way the server does', () => {
    expect(readOptions(['book.pdf', '--words', '12']).settings).toMatchObject({ sentence_length_limit: 12 });
  });

  it.each([
    [[]],
    [['one.pdf', 'two.pdf']],
    [['book.pdf', '-o', 'book.doc']],
    [['book.pdf', '--words', '2']],
    [['book.pdf', '--words', 'eight']],
    [['book.pdf', '--engine', 'magic']],
    [['book.pdf', '--unknown']],
  ])('refuses %j', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
