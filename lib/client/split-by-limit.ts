import { countWords } from '@/lib/french/words';

/** Sentences with the mark the reader sees: which of them hold more words than were asked for. */
export const splitByLimit = (sentences: readonly string[], maxWords: number) =>
  sentences.map((text) => ({ text, isOver: countWords(text) > maxWords }));
