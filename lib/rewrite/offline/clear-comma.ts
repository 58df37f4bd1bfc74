import type { VerbUse } from '@/lib/french/clauses';
import { isTitle, nounPhraseAt } from '@/lib/french/noun-phrase';
import { agrees } from '@/lib/french/subject';
import type { Word } from '@/lib/french/tagged-word';
import { TENSE } from '@/lib/french/verb-lexicon';
import type { Clause } from './clause';
import type { Meeting } from './meeting';

/** « monsieur », « ma bonne fille »: who is spoken to. */
const isCallOf = (words: Word[]): boolean =>
  words.every(
    (word, i) =>
      word.tag === 'name' ||
      isTitle(word) ||
      (/^(?:mon|ma|mes)$/u.test(words[0]?.form ?? '') && (i === 0 || word.tag === 'other')),
  );

const OPENS_ASIDE = /^(?:preposition|subordinator|present-participle|past-participle|infinitive)$/u;

/** « Elle recula, épouvantée, heurta le mur »: a verb in the same tense right after the comma. */
function goesOnInPast(words: Word[], { main, next, start }: { main: VerbUse; next: VerbUse; start: number }): boolean {
  const tenses = (use: VerbUse) => words[use.at]?.verb?.tenses ?? 0;
  const isVerbFirst = next.from === start && words[next.from]?.tag !== 'subject';
  // « l’homme qui, malgré lui, riait », « : dans l’une, dormait un chien »
  const opensPair = ({ tag, text }: Word, i: number) =>
    i > main.at &&
    i < start &&
    (text === ':' || (/^(?:relative|subordinator)$/u.test(tag) && words[i + 1]?.text === ','));
  if (words.some(opensPair)) return false;
  return isVerbFirst && (tenses(next) & tenses(main) & (TENSE.past | TENSE.imperfect)) !== 0;
}

/** « …, ces hommes, fatigués, sortirent »: what a pair of commas parts from the verb may be its subject. */
const mayBeSubject = (words: Word[], main: number, next: VerbUse): boolean =>
  words.some(({ tag }, i) => {
    if (i <= main || i >= next.from || !/^(?:determiner|name)$/u.test(tag) || words[i - 1]?.text !== ',') return false;
    const phrase = nounPhraseAt(words, i);
    const commas = words.slice(i, next.from).filter(({ text }) => text === ',').length;
    return phrase !== undefined && commas > 1 && agrees(phrase, words[next.at]);
  });

/** « …, et satisfait de sa journée, il… »: it opens what follows. */
const joinsParticiple = (words: Word[], at: number): boolean =>
  words[at - 1]?.tag === 'coordinator' && words[at]?.verb?.isPastParticiple === true;

/** Whether a bare comma is a border for certain: the clause that it closes is whole, and the next begins with its subject or verb. */
export function isClearComma({ words, verbs }: Clause, { border: { end, start }, main, next }: Meeting): boolean {
  const isMark = ({ text, tag }: Word, i: number) =>
    /^[,;:!?…]$/u.test(text) || (tag === 'coordinator' && OPENS_ASIDE.test(words[i + 1]?.tag ?? ''));
  const mark = words.findLastIndex((word, i) => i < end && isMark(word, i));
  // « …, mon père, je ne l’ai pas connu »
  const takesUp = words.slice(next.from, next.at).some(({ form }) => /^(?:le|la|les|l')$/u.test(form));
  const isWhole =
    verbs.some(({ at, role }) => at > mark && at < end && role !== 'dependent' && !joinsParticiple(words, at)) ||
    (isCallOf(words.slice(mark + 1, end)) && !takesUp);
  const goesOn = goesOnInPast(words, { main, next, start }) && !mayBeSubject(words, main.at, next);
  const opening = words.slice(start, next.from);
  return (
    (isWhole || goesOn) && !opening.some(({ tag }) => tag === 'punctuation') && !OPENS_ASIDE.test(opening[0]?.tag ?? '')
  );
}
