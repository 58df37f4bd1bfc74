import { expect, it } from 'vitest';
import { findFault, findOtherShape } from './run-guide';

it.each([
  [{ a: 1 }, { a: 2, b: 'more' }],
  [[{ a: 'x' }], [{ a: 'y' }, { b: 1 }]],
  [null, null],
  [204, 200],
  [[], [1]],
])('%j shows the shape of %j', (shown, given) => {
  expect(findOtherShape(shown, given)).toBeUndefined();
});

it.each([
  [{ a: 1 }, {}, 'the answer has no a'],
  [{ a: 1 }, { a: '1' }, 'the answer.a is string, not number'],
  [{ a: [{ b: null }] }, { a: [{ b: 0 }] }, 'the answer.a.0.b is number, not null'],
  [{ a: [1] }, { a: [] }, 'the answer.a has no 0'],
  [{}, [], 'the answer is list, not object'],
])('%j does not show the shape of %j', (shown, given, why) => {
  expect(findOtherShape(shown, given)).toBe(why);
});

it('compares text but for what is left of a limit and the names of things', () => {
  const [one, other] = ['01kb5zj8t3n6q4w7xe9rdyv2hm', '01kb5zj8t3n6q4w7xe9rdyv2hn'];
  const fault = (content: string, output: string) =>
    findFault({ script: '', shown: { language: 'text', content }, output });
  expect(fault(`r=5;t=6\n${one} ${one}\n`, `r=7;t=8\r\n${other} ${other}`)).toBeUndefined();
  expect(fault('409\n', '200')).toBe('200 is not 409');
  expect(fault(`${one} ${one}`, `${one} ${other}`)).toBe('<i> <ii> is not <i> <i>');
});
