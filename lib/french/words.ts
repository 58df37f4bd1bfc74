const HOLDS_LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Runs between white space that hold a letter or digit. `\s` covers U+00A0 and U+202F. */
export const words = (text: string): string[] => text.split(/\s+/u).filter((run) => HOLDS_LETTER_OR_DIGIT.test(run));

/** The one measure of a sentence's length: every limit is checked with it. */
export const countWords = (text: string): number => words(text).length;
