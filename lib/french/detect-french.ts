/** The commonest French words that are not also common in another language written in Latin letters. */
const FRENCH = new Set(
  (
    'le la les un une des du de et est il elle ils elles je tu nous vous on que qui ne pas plus dans en au aux ce cette ces son sa ses ' +
    'sur pour par avec se mais comme lui leur tout était avait où ou à y d l qu n s j c m t'
  ).split(' '),
);
const MIN_WORDS = 30;
const MIN_SHARE = 0.18;

/** Share of the words that are common French ones; running French has about 0.4 to 0.5, other languages below 0.15. */
export function frenchShare(words: string[]): number {
  return words.length === 0 ? 0 : words.filter((word) => FRENCH.has(word)).length / words.length;
}

/** Undefined when there is too little text to tell. */
export function isFrench(text: string): boolean | undefined {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length < MIN_WORDS ? undefined : frenchShare(words) >= MIN_SHARE;
}
