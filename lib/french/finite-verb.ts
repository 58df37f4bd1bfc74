import { tagWords } from './tag-words';

/** Whether the sentence holds a verb in a personal form. Loads the lexicons at first use. */
export const hasFiniteVerb = (sentence: string): boolean =>
  tagWords(sentence).some(({ tag }) => tag === 'verb' || tag === 'presentative');
