import { expect, test } from 'vitest';
import { findCitedPaths } from './cited-paths';

test('paths in code spans and links are found', () => {
  const text =
    'See `lib/jobs/plan-chunks.ts:12`, `db/schema/*.ts` and [why](decisions/0001.md#why) ![page](./page.png).';
  expect(findCitedPaths(text)).toEqual({
    fromRoot: ['lib/jobs/plan-chunks.ts', 'db/schema/*.ts'],
    fromHere: ['decisions/0001.md', './page.png'],
  });
});

test('routes, commands, addresses, anchors and code blocks are not paths', () => {
  const text =
    '`/api/v1/jobs` `npm start` `kept/rewritten` [a](https://example.org/x) [b](#c)\n```\nlib/nowhere.ts\n```\n';
  expect(findCitedPaths(text)).toEqual({ fromRoot: [], fromHere: [] });
});
