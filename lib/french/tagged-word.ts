import type { Token } from './tokens';
import type { VerbForm } from './verb-lexicon';

export type Tag =
  | 'punctuation'
  | 'verb' // finite
  | 'infinitive'
  | 'past-participle'
  | 'present-participle'
  | 'subject' // a pronoun that is one
  | 'clitic' // object pronouns and « ne » before a verb
  | 'enclitic' // a pronoun hung on the verb before it
  | 'determiner'
  | 'preposition'
  | 'subordinator'
  | 'relative'
  | 'coordinator'
  | 'adverb'
  | 'negation'
  | 'name'
  | 'presentative' // voici, voilà: they make a sentence without a verb
  | 'other'; // nouns, adjectives, strong pronouns, words not known

export interface Word extends Token {
  tag: Tag;
  verb: VerbForm | undefined;
}

/** The place to be tagged: the words before it are tagged, those after it are not yet. */
export interface Place {
  token: Token;
  before: Word | undefined;
  next: Token | undefined;
  afterNext: Token | undefined;
  /** Tagged words of the sentence up to `before`. */
  past: Word[];
}

/** What may stand before the first word of a sentence. */
export const OPENS_SENTENCE = /^(?:[.!?…«“"—–-]|\.{2,})$/u;

export const isBeOrHave = (verb: VerbForm | undefined): boolean =>
  verb?.lemmas.some((lemma) => lemma === 'être' || lemma === 'avoir') ?? false;

/** Whether the words before leave a verb to be expected: « il », « ne », « se », « qui »… */
export const expectsVerb = ({ before }: Place): boolean =>
  before?.tag === 'subject' || before?.tag === 'clitic' || before?.form === 'qui';
