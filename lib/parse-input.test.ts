import { expect, it } from 'vitest';
import { holdsNul } from './parse-input';

const DEEP = 400_000;
const nested = (text: string): unknown => JSON.parse(`${'['.repeat(DEEP)}${JSON.stringify(text)}${']'.repeat(DEEP)}`);

it('finds what no text holds, wherever it stands and however deep', () => {
  expect([null, 7, 'text', { a: ['b', { c: 'd' }] }, nested('text')].map(holdsNul)).toEqual(Array(5).fill(false));
  expect(['\0', { a: ['b', { c: 'd\0' }] }, nested('\0')].map(holdsNul)).toEqual(Array(3).fill(true));
});
