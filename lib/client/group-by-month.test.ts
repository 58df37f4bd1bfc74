import { describe, expect, it } from 'vitest';
import { groupByMonth } from './group-by-month';

describe('a statement by months', () => {
  it('keeps the order, a group for each month', () => {
    const entries = ['2026-11', '2026-11', '2026-10', '2026-08'].map((month, id) => ({ month, id }));
    const groups = groupByMonth(entries);
    expect(groups.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-08']);
    expect(groups.flatMap((group) => group.entries)).toEqual(entries);
  });
});
