/** More words than any novel has; what a hostile one brings is not kept. */
const MAX_REMEMBERED = 100_000;

/** As `find`, asked once for each word: a novel has the same ones again and again. */
export function remembering<T>(find: (word: string) => T): (word: string) => T {
  const answers = new Map<string, { answer: T }>();
  return (word) => {
    const known = answers.get(word);
    if (known) return known.answer;
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    const answer = find(word);
    answers.set(word, { answer });
    return answer;
  };
}
