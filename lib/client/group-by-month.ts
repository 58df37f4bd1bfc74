interface Dated {
  month: string;
}

/** Entries that stand in order of their months, a group for each. */
export function groupByMonth<Entry extends Dated>(entries: readonly Entry[]): { month: string; entries: Entry[] }[] {
  const groups: { month: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.month === entry.month) last.entries.push(entry);
    else groups.push({ month: entry.month, entries: [entry] });
  }
  return groups;
}
