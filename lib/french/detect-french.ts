/** The commonest French words. */
const FRENCH = new Set(
  (
    'le la les un une des du de et est il elle ils elles je tu nous vous on que qui ne pas plus dans en au aux ce cette ces ' +
    'son sa ses sur pour par avec se mais comme lui leur tout était avait où ou'
  ).split(' '),
);
const MIN_WORDS = 30;
const MIN_SHARE = 0.18;

/** Running French has a share of 0.35 to 0.45 of these words, other languages below 0.12. Undefined: too short to tell. */
export function isFrench(text: string): boolean | undefined {
  // What is left of an elision (« l », « d ») is a letter in any language.
  const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  if (words.length < MIN_WORDS) return undefined;
  return words.filter((word) => FRENCH.has(word)).length >= words.length * MIN_SHARE;
}
