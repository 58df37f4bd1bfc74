import { expect, test } from 'vitest';
import { findBudgetFaults } from './budget';

const file = (text: string, name = 'plan-chunks.ts') => ({ path: `lib/jobs/${name}`, name, text });
const filler = file('const line = 1;\n'.repeat(150));
const many = Array.from({ length: 7 }, () => filler);

test('ordinary files are within the budget', () => {
  const text = [
    `import { a as b } from './a';`,
    `export { b as c };`,
    `const list = ['as one'] as const;`,
    '// as a comment',
    'const query = sql`select 1 as one`;',
  ].join('\n');
  expect(findBudgetFaults([file(text), ...many])).toEqual([]);
});

test('the first cast in a thousand lines is allowed, the second is not', () => {
  const cast = file('const a = b as Job;\n');
  expect(findBudgetFaults([cast, ...many])).toEqual([]);
  expect(findBudgetFaults([cast, cast, ...many])).toEqual([expect.stringContaining('2 casts in')]);
});

test.each(['utils.ts', 'helper.tsx', 'types.ts', 'job.service.ts'.slice(4)])('the name %s says nothing', (name) => {
  expect(findBudgetFaults([file('', name)])).toEqual([expect.stringContaining('says nothing')]);
});

test('a note of unfinished work and a long way up are found', () => {
  expect(findBudgetFaults([file(`// ${'TO'}DO later\n`)])).toHaveLength(1);
  expect(findBudgetFaults([file(`import x from '${'../'.repeat(2)}x';\n`)])).toHaveLength(1);
});

test('a tenth of the files may be long, not more', () => {
  const long = file('\n'.repeat(250));
  expect(findBudgetFaults([long, ...Array.from({ length: 10 }, () => filler)])).toEqual([]);
  expect(findBudgetFaults([long, long, filler])).toHaveLength(1);
});
