import { depths, findVerbs, isComplete, type VerbUse } from '@/lib/french/clauses';
import { tagWords } from '@/lib/french/tag-words';
import type { Word } from '@/lib/french/tagged-word';

/** A sentence without its final mark, taken apart. */
export interface Clause {
  text: string;
  words: Word[];
  verbs: VerbUse[];
  depth: number[];
}

/** One way to make two sentences of a clause. Neither side has a final mark; the right one has no capital yet. */
export interface Split {
  left: string;
  right: string;
  /** The lower, the less it changes the sentence. */
  rank: number;
}

/** All the ways of one kind; each side is still to be tried as a sentence. */
export type Splitter = (clause: Clause) => Split[];

export function toClause(text: string): Clause {
  const words = tagWords(text);
  return { text, words, verbs: findVerbs(words), depth: depths(words) };
}

export const canStand = ({ words, verbs }: Clause): boolean => isComplete(words, verbs);

export const textBefore = ({ text, words }: Clause, index: number): string =>
  text.slice(0, words[index]?.start ?? text.length).trimEnd();

export const textFrom = ({ text, words }: Clause, index: number, end?: number): string =>
  text.slice(words[index]?.start ?? text.length, end === undefined ? undefined : words[end]?.start);

/** The verbs that could carry a sentence, incises left out. */
export const spokenVerbs = ({ verbs }: Clause): VerbUse[] => verbs.filter(({ role }) => role !== 'incise');

const STARTS_WITH_VOWEL = /^[aâàeéèêëiîïoôœuûhAÀÂEÉÈÊIÎOÔŒUH]/u;

/** « je » + « aime » → « j’aime ». */
export function withSubject(subject: string, predicate: string): string {
  if (subject === 'je' && STARTS_WITH_VOWEL.test(predicate)) return `j’${predicate}`;
  return predicate.startsWith(',') ? subject + predicate : `${subject} ${predicate}`;
}

export const capitalise = (text: string): string =>
  text.replace(/^([^\p{L}\p{N}]*)(\p{Ll})/u, (_, before: string, letter: string) => before + letter.toUpperCase());
