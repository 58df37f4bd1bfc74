import { words } from '@/lib/french/words';

/** Makes a full sentence of any words: it adds a finite verb and takes nothing away. */
const FRAME = 'On lit :';
const FRAME_WORDS = 2;

/** One honest, dull rewrite: the sentence's own words in order, in groups that fit the limit, each made a sentence. */
export function rewriteHonestly(sentence: string, maxWords: number): string[] {
  const all = words(sentence);
  const groupSize = Math.max(1, maxWords - FRAME_WORDS);
  const groups = Math.max(1, Math.ceil(all.length / groupSize));
  return Array.from({ length: groups }, (_, index) => {
    const start = Math.round((index * all.length) / groups);
    const end = Math.round(((index + 1) * all.length) / groups);
    const group = all.slice(start, end).join(' ');
    return `${FRAME} ${strip(group)}.`;
  });
}

/** Over any limit and without the author's names: what a careless model answers. */
export const rewriteCarelessly = (sentence: string, maxWords: number): string[] => {
  const nameless = words(sentence).filter((word, index) => index === 0 || !/^\p{Lu}/u.test(word));
  const padding = Array.from({ length: maxWords }, () => 'vraiment');
  return [`${capitalise(strip([...nameless, ...padding].join(' ')))}.`];
};

export const rewriteInEnglish = (): string[] => ['This is what the sentence says.', 'The man went to the house.'];

const strip = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
const capitalise = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
