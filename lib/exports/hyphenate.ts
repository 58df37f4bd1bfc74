const VOWELS = 'aeiouyàâäéèêëîïôöùûüÿœæ';
const BETWEEN_VOWELS = new RegExp(`(?<=[${VOWELS}])[^${VOWELS}’'-]+(?=[${VOWELS}])`, 'giu');
/** Two consonants that open a syllable together. */
const ONSETS = /(?:[bcfgptdv][rl]|ch|ph|th|gn)$/iu;
const LETTERS = /\p{L}+(?:[’'-]\p{L}+)*/gu;
/** What is left may not be a mute syllable alone (« -gne », « -tres », « -que »). */
const MUTE = new RegExp(`^[^${VOWELS}]+u?es?$`, 'iu');
const MIN_BEFORE = 2;
const MIN_AFTER = 3;

function syllableBreaks(letters: string): number[] {
  const breaks: number[] = [];
  for (const { 0: consonants, index } of letters.matchAll(BETWEEN_VOWELS)) {
    if (/x/iu.test(consonants)) continue;
    const onset = ONSETS.test(consonants) ? 2 : 1;
    breaks.push(index + consonants.length - onset);
  }
  return breaks.filter((at) => at >= MIN_BEFORE && letters.length - at >= MIN_AFTER && !MUTE.test(letters.slice(at)));
}

/**
 * Where a French word may be cut at a line’s end, as offsets into it, by syllables. Names (a capital first) stay whole.
 * After a hyphen of the word’s own (« peut-être ») the cut needs no further hyphen.
 */
export function hyphenate(word: string): number[] {
  const offsets: number[] = [];
  for (const { 0: run, index } of word.matchAll(LETTERS)) {
    if (/^\p{Lu}/u.test(run)) continue;
    let start = index;
    for (const part of run.split(/(?<=[’'-])/u)) {
      const letters = part.replace(/[’'-]$/u, '');
      for (const at of syllableBreaks(letters)) offsets.push(start + at);
      start += part.length;
      if (part.endsWith('-')) offsets.push(start);
    }
  }
  return offsets;
}
