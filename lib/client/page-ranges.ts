/** « 4, 7–9 and 12 » in the reader's language, from page numbers in any order. */
export function pageRanges(pages: readonly number[], locale: string): string {
  const ranges: [first: number, last: number][] = [];
  for (const page of [...new Set(pages)].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open && page === open[1] + 1) open[1] = page;
    else ranges.push([page, page]);
  }
  const number = new Intl.NumberFormat(locale);
  const texts = ranges.map(([first, last]) =>
    first === last ? number.format(first) : `${number.format(first)}–${number.format(last)}`,
  );
  return new Intl.ListFormat(locale).format(texts);
}
