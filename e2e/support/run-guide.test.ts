import { expect, it } from 'vitest';
import { findFault, findOther } from './run-guide';

const [ONE, OTHER] = ['01kb5zj8t3n6q4w7xe9rdyv2hm', '01kb5zj8t3n6q4w7xe9rdyv2hn'];

it.each([
  [
    { a: 1, b: 'x' },
    { b: 'x', a: 1 },
  ],
  [null, null],
  [[], []],
  [
    { id: ONE, task: `${ONE}-0` },
    { id: OTHER, task: `${OTHER}-0` },
  ],
  [
    { at: '2026-11-25T10:30:00.000Z', month: '2026-11' },
    { at: '2027-01-02T03:04:05.678Z', month: '2027-01' },
  ],
  [{ secret: 'whsec_…' }, { secret: 'whsec_D8Lo0ViTeCaMZ+EE=' }],
  [
    { kept: 3, over_limit: 0 },
    { kept: 4, over_limit: 0 },
  ],
])('%j is shown where %j is answered', (shown, given) => {
  expect(findOther(shown, given)).toBeUndefined();
});

it.each([
  [{ a: 1 }, {}, 'the answer has no a'],
  [{}, { a: 1 }, 'the answer has a, too'],
  [{ a: 1 }, { a: 2 }, 'the answer.a is 2'],
  [{ a: 1 }, { a: '1' }, 'the answer.a is string, not number'],
  [{ a: 'x' }, { a: 'y' }, 'the answer.a is y'],
  [{ a: [{ b: null }] }, { a: [{ b: 0 }] }, 'the answer.a.0.b is number, not null'],
  [{ a: [1] }, { a: [] }, 'the answer.a has no 0'],
  [{}, [], 'the answer is list, not object'],
  [{ over_limit: 3 }, { over_limit: 0 }, 'the answer.over_limit is 0'],
  [{ estimated_credits: 43 }, { estimated_credits: 40 }, 'the answer.estimated_credits is 40'],
])('%j may not be shown where %j is answered', (shown, given, why) => {
  expect(findOther(shown, given)).toBe(why);
});

it('compares text but for what is left of a limit and the names of things', () => {
  const fault = (content: string, output: string) =>
    findFault({ script: '', shown: { language: 'text', content }, output });
  expect(fault(`r=5;t=6\n${ONE} ${ONE}\n`, `r=7;t=8\r\n${OTHER} ${OTHER}`)).toBeUndefined();
  expect(fault('409\n', '200')).toBe('200 is not 409');
  expect(fault(`${ONE} ${ONE}`, `${ONE} ${OTHER}`)).toBe('<i> <ii> is not <i> <i>');
});

it('compares one value after another', () => {
  const shown = { language: 'json', content: '{ "a": 1 }\n{\n  "b": { "c": 2 }\n}\n' };
  expect(findFault({ script: '', shown, output: '{"a":1}\n{"b":\n  {"c":2}}' })).toBeUndefined();
  expect(findFault({ script: '', shown, output: '{"a":1}\n{"b":\n  {"c":3}}' })).toBe('the answer.1.b.c is 3');
});
