const AROUND = 60;

/** The first place where `text` holds `query`, whatever its case, with some of what stands around it. */
export function splitAround(text: string, query: string) {
  const at = text.toLocaleLowerCase('fr').indexOf(query.toLocaleLowerCase('fr'));
  if (at === -1 || query === '') return undefined;
  const end = at + query.length;
  const start = at <= AROUND ? 0 : text.indexOf(' ', at - AROUND) + 1;
  const stop = text.length - end <= AROUND ? text.length : text.lastIndexOf(' ', end + AROUND);
  return {
    before: `${start > 0 ? '… ' : ''}${text.slice(Math.min(start, at), at)}`,
    match: text.slice(at, end),
    after: `${text.slice(end, Math.max(stop, end))}${stop < text.length ? ' …' : ''}`,
  };
}
