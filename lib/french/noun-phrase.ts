import { ADJECTIVES_BEFORE_NOUN } from './function-words';
import { type Gender, genderOf } from './gender';
import type { Word } from './tagged-word';

export interface NounPhrase {
  /** Half-open range of its words: determiner, adjectives, noun; what depends on the noun is left out. */
  from: number;
  to: number;
  isPlural: boolean;
  isName: boolean;
  /** Undefined when unsure. */
  gender: Gender | undefined;
}

const PLURAL_DETERMINER =
  /^(?:les|des|ces|mes|tes|ses|nos|vos|leurs|quelques|plusieurs|certains|certaines|tous|toutes|aux|quels|quelles|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt|cent)$/u;
const CONTRACTED = /^(?:du|au|aux)$/u;
const PARTICLE = /^(?:de|d'|du|des|von|van|di)$/u;
const TITLE = /^(?:mm?|mme|mlle|mmes|mlles|mrs?|dr|miss|sir|lord|monsieur|madame|mademoiselle)$/u;

/** « Monsieur », « Mme »…: a name follows. */
export const isTitle = (word: Word | undefined): boolean => TITLE.test(word?.form ?? '');

const isNounLike = (word: Word | undefined): boolean =>
  word?.tag === 'other' && !/^(?:lui|elle|elles|eux|moi|toi|soi|comment|cela|ceci)$/u.test(word.form);

function nameAt(words: Word[], from: number): NounPhrase | undefined {
  let to = from;
  const isNamePart = (i: number) => words[i]?.tag === 'name' || TITLE.test(words[i]?.form ?? '');
  while (isNamePart(to) || (words[to]?.text === '.' && TITLE.test(words[to - 1]?.form ?? '') && isNamePart(to + 1))) {
    to++;
    if (PARTICLE.test(words[to]?.form ?? '') && words[to + 1]?.tag === 'name') to++;
  }
  if (to === from) return undefined;
  const title = words[from]?.form ?? '';
  const gender = /^(?:mme|mlle|madame|mademoiselle)$/u.test(title)
    ? 'feminine'
    : /^(?:m|monsieur)$/u.test(title)
      ? 'masculine'
      : undefined;
  return { from, to, isPlural: /^(?:mm|mmes|mlles)$/u.test(title), isName: true, gender };
}

/** The noun phrase that begins at `from`: a name, or a determiner with its noun. */
export function nounPhraseAt(words: Word[], from: number): NounPhrase | undefined {
  if (words[from]?.tag !== 'determiner') return nameAt(words, from);
  let at = from;
  while (words[at]?.tag === 'determiner') at++;
  const determiner = words[at - 1]?.form ?? '';
  if (words[at]?.tag === 'name') {
    const name = nameAt(words, at);
    return name && { ...name, from, isPlural: PLURAL_DETERMINER.test(determiner), gender: genderOf(determiner, '') };
  }
  if (!isNounLike(words[at])) return undefined;
  let noun = at;
  while (isNounLike(words[at])) {
    if (ADJECTIVES_BEFORE_NOUN.has(words[noun]?.form ?? '')) noun = at;
    at++;
  }
  return {
    from,
    to: at,
    isPlural: PLURAL_DETERMINER.test(determiner),
    isName: false,
    gender: genderOf(determiner, words[noun]?.form ?? ''),
  };
}

/** The noun phrase that ends right before `end`. */
export function nounPhraseBefore(words: Word[], end: number): NounPhrase | undefined {
  for (let from = end - 1; from >= 0 && end - from <= 6; from--) {
    const tag = words[from]?.tag;
    const isTitleDot = words[from]?.text === '.' && TITLE.test(words[from - 1]?.form ?? '');
    if (isTitleDot) continue;
    if (tag === 'punctuation' || tag === 'verb') return undefined;
    if (tag !== 'determiner' && tag !== 'name') continue;
    if (words[from - 1]?.text === '.' || words[from - 1]?.tag === 'name' || words[from - 1]?.tag === 'determiner')
      continue;
    const phrase = nounPhraseAt(words, from);
    return phrase?.to === end ? phrase : undefined;
  }
  return undefined;
}

/** « du village » is « de le village »: its words cannot be repeated as a subject. */
export const isContracted = (words: Word[], { from }: NounPhrase): boolean => CONTRACTED.test(words[from]?.form ?? '');

export function pronounFor({ gender, isPlural }: Pick<NounPhrase, 'gender' | 'isPlural'>): string | undefined {
  if (gender === undefined) return undefined;
  return (gender === 'feminine' ? 'elle' : 'il') + (isPlural ? 's' : '');
}
