import { expect, it } from 'vitest';
import { isUnchanged } from './is-unchanged';

const asking = (known?: string) => {
  const headers = new Headers(known === undefined ? [] : [['if-none-match', known]]);
  return isUnchanged(new Request('http://localhost/', { headers }), '"7"');
};

it.each(['"7"', 'W/"7"', ' "7" ', '*', '"6", "7"', '"6","7","8"', '"a,b", W/"7"', ', "7",', '"é", "7"'])(
  'a client that knows %s has it',
  (known) => {
    expect(asking(known)).toBe(true);
  },
);

it.each([undefined, '', '7', '"77"', '"6", "8"', '"6, 7"', '"7', '**', '"*"'])('one that knows %s has not', (known) => {
  expect(asking(known)).toBe(false);
});
