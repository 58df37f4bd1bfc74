/** How much of a text's word pairs another text has, and how many of its own are not in the first. */
export function scoreBigrams(truth: string, read: string): { recall: number; precision: number } {
  const wanted = bigramCounts(truth);
  const got = bigramCounts(read);
  let both = 0;
  for (const [pair, count] of wanted) both += Math.min(count, got.get(pair) ?? 0);
  return { recall: both / total(wanted), precision: both / total(got) };
}

function bigramCounts(text: string): Map<string, number> {
  const plain = text.normalize('NFKC').replaceAll('\u00ad', '').replace(/[’‘]/gu, "'").toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];
  const counts = new Map<string, number>();
  for (const [index, word] of words.slice(1).entries()) {
    const pair = `${words[index]} ${word}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
