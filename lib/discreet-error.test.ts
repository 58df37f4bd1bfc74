import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { discreet } from './discreet-error';
import { AppError } from './errors';

const LINE = 'Elle referma le volet bleu.';

const databaseError = (code: string, message: string) =>
  Object.assign(new Error(message), {
    name: 'PostgresError',
    code,
    detail: `Failing row contains (${LINE}).`,
    where: `COPY sentences, line 1: "${LINE}"`,
    table_name: 'sentences',
    constraint_name: 'sentences_pages_in_order',
  });

/** All that a log line or an engine could take from an error. */
const shown = (error: unknown): string => {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [error.name, error.message, error.stack, JSON.stringify(error), shown(error.cause)].join('\n');
};

const notJson = () => {
  try {
    return JSON.parse(LINE);
  } catch (error) {
    return error;
  }
};

it.each([
  [
    'a failed query',
    new DrizzleQueryError('insert into sentences', [LINE], databaseError('23514', 'new row violates')),
  ],
  ['a value PostgreSQL does not take', databaseError('22P02', `invalid input syntax: "${LINE}"`)],
  ['a text that is no JSON', notJson()],
  ['an error of ours with such a cause', new AppError('INTERNAL', undefined, { cause: notJson() })],
  ['a cause that is no error', new AppError('INTERNAL', undefined, { cause: { body: LINE } })],
])('%s does not quote the novel', (_, error) => {
  expect(shown(error)).toContain('Elle');
  expect(shown(discreet(error))).not.toContain('Elle');
});

it('what an engineer looks for stays', () => {
  const cause = new DrizzleQueryError('insert', [LINE], databaseError('23514', 'new row violates check constraint'));
  const error = discreet(new AppError('INTERNAL', 'The job could not be stored.', { cause }));
  expect(error).toMatchObject({
    name: 'AppError',
    code: 'INTERNAL',
    message: 'The job could not be stored.',
    cause: {
      name: 'PostgresError',
      message: 'new row violates check constraint',
      code: '23514',
      table_name: 'sentences',
      constraint_name: 'sentences_pages_in_order',
      query: 'insert',
    },
  });
  expect(shown(error)).toContain('discreet-error.test.ts');
});

it('an error that quotes nothing is itself', () => {
  const error = new TypeError('x is not a function', { cause: new RangeError('too far') });
  expect(discreet(error)).toBe(error);
  expect(discreet('thrown')).toBe('thrown');
});
