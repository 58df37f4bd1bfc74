import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bind, evaluate } from './evaluate-expression';
import { parseExpression } from './expression';

const event = { data: { id: 'j1', n: 4, plan: 'pro', tags: ['a', 'b'], deep: { 'odd key': true } } };
const value = (source: string, scope: Record<string, unknown> = { event }) => evaluate(parseExpression(source), scope);

test.each([
  ['event.data.id', 'j1'],
  ['"model"', 'model'],
  ["event.data.id == 'j1' && event.data.n >= 4", true],
  ['event.data.n < 4 || !(event.data.plan == "pro")', false],
  ['event.data.plan == "pro" ? 600 : 0', 600],
  ['event.data.n * 2 + 1', 9],
  ['-event.data.n', -4],
  ['event.data.n - 1 - 1', 2],
  ['"b" in event.data.tags', true],
  ['event.data.plan in ["free", "pro"]', true],
  ['event.data.deep["odd key"] == true', true],
  ['event.data.id + "-" + event.data.plan', 'j1-pro'],
  ['event.data.id.startsWith("j") && size(event.data.tags) == 2', true],
  ['has(event.data.id) && !has(event.data.missing)', true],
  ['event.data.missing == null', true],
  ['event.data.missing % 2 == 0', false],
  ['event.data.missing > 1', false],
  ['event.data.constructor == null', true],
  ['event.data.n == 4 && event.data.n == 5 || true', true],
])('%s is what it says', (source, expected) => {
  expect(value(source)).toEqual(expected);
});

test.each(['event.', 'event.data.x.matches("a")', 'a ==', '(a', 'a b', '"open', 'a # b', '', 'foo(1)', '[1, 2'])(
  '“%s” is refused',
  (source) => {
    expect(() => parseExpression(source)).toThrow(SyntaxError);
  },
);

test('A condition bound to the event that started a run needs only the later event, also after a trip through JSON.', () => {
  const bound = bind(parseExpression('event.data.id == async.data.id && async.data.n > event.data.n'), 'event', event);
  const stored = JSON.parse(JSON.stringify(bound));
  expect(evaluate(stored, { async: { data: { id: 'j1', n: 5 } } })).toBe(true);
  expect(evaluate(stored, { async: { data: { id: 'j2', n: 5 } } })).toBe(false);
  expect(evaluate(stored, { async: { data: { id: 'j1', n: 3 } } })).toBe(false);
});

test('Any text can be compared with, quoted as JSON quotes it, unless it needs more than a backslash.', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const quoted = `"${text.replace(/["\\]/g, '\\$&')}"`;
      expect(value(`event == ${quoted}`, { event: text })).toBe(true);
    }),
  );
});

test('Reading any text either gives an expression that has a value, or refuses it.', () => {
  const pieces = ['event', '.data', '.n', '==', '&&', '(', ')', '!', '1', '"a"', '?', ':', ' ', '[', ']', 'in', ','];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (chosen) => {
      const source = chosen.join('');
      try {
        value(source);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
  );
});
