import { tagWords } from './tag-words';
import type { Word } from './tagged-word';

export const holdsFiniteVerb = (words: Word[]): boolean =>
  words.some(({ tag }) => tag === 'verb' || tag === 'presentative');

/** Whether the sentence holds a verb in a personal form. Loads the lexicons at first use. */
export const hasFiniteVerb = (sentence: string): boolean => holdsFiniteVerb(tagWords(sentence));
