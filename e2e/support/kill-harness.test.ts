import { expect, it } from 'vitest';
import { explainCalls, planKills } from './kill-harness';

const NOVEL = { edges: { asked: 3, done: 2, answered: 1 }, durationMs: 1000 };

it('plans every edge once, then as many instants, all of it by the seed', () => {
  const plan = planKills(7, NOVEL, 20);
  expect(plan).toEqual(planKills(7, NOVEL, 20));
  expect(plan).not.toEqual(planKills(8, NOVEL, 20));
  const edges = plan.flatMap(({ at }) => ('edge' in at ? [`${at.edge} ${at.nth}`] : []));
  expect(edges).toEqual(['asked 1', 'asked 2', 'asked 3', 'done 1', 'done 2', 'answered 1']);
  const instants = plan.flatMap(({ at }) => ('afterMs' in at ? [at.afterMs] : []));
  expect(instants).toHaveLength(20);
  expect(Math.max(...instants)).toBeLessThanOrEqual(400);
  expect(new Set(plan.map(({ target }) => target)).size).toBe(5);
});

/** A call for these sentences, from one second to another. */
const call = (numbers: number[], from: number, to?: number) => ({
  ...{ startedAt: from * 1000, numbers, model: 'm', repeated: [], context: ['', ''] satisfies [string, string] },
  ...{ aborted: false, ...(to !== undefined && { endedAt: to * 1000 }) },
});
const explain = (calls: ReturnType<typeof call>[], killedAt?: number, backAt?: number) =>
  explainCalls(calls, killedAt && killedAt * 1000, backAt && backAt * 1000);
const once = [call([1, 2], 0, 1), call([3], 1, 2)];

it('takes a call as stored whose sentences are not asked for again', () => {
  expect(explain(once)).toEqual({ stored: 2, lost: 0, unexplained: [] });
});

it('takes a call as lost that was under way, or just answered, when its process was killed', () => {
  expect(explain([...once, call([3, 4], 5, 6)], 3, 4)).toEqual({ stored: 2, lost: 1, unexplained: [] });
  expect(explain([call([1], 1), call([1], 5, 6)], 3, 4)).toEqual({ stored: 1, lost: 1, unexplained: [] });
});

it.each([
  ['though nobody was killed', undefined, undefined],
  ['before anybody was killed', 6, 7],
  ['after the process was there again', 0.5, 0.5],
  ['long after it was answered', 20, 21],
])('has no excuse for a call that is made again %s', (_, killedAt, backAt) => {
  const again = killedAt === 20 ? 22 : 5;
  const { unexplained } = explain([call([1], 1, 2), call([1], again, again + 1)], killedAt, backAt);
  expect(unexplained).toEqual(['call 1 for 1 sentences from 1 on']);
});
