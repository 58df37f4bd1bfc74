import { expect, it } from 'vitest';
import { wholeNumber } from './whole-number';

const three = wholeNumber(-1, 50);

it.each([8, '8', '08', -1, '-1', 50])('%j is a whole number', (given) => {
  expect(three.parse(given)).toBe(Number(given));
});

it.each([
  true,
  [8],
  null,
  '',
  ' 8',
  '0x8',
  '1e1',
  '8.5',
  8.5,
  '8n',
  -2,
  51,
  '9'.repeat(400),
  Number.POSITIVE_INFINITY,
  {},
])('%j is none, or too small or large', (given) => expect(three.safeParse(given).success).toBe(false));
