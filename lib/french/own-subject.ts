import type { VerbUse } from './clauses';
import { verbGroupEnd } from './clauses';
import { ADJECTIVES_BEFORE_NOUN } from './function-words';
import { isContracted, isTitle, nounPhraseAt } from './noun-phrase';
import { agrees, PERSON_OF } from './subject';
import type { Word } from './tagged-word';
import { PERSON, TENSE } from './verb-lexicon';

const PRONOUNS =
  /^(?:cela|ça|ceci|ce|rien|personne|tout|tous|toutes|chacun|chacune|celui|celle|ceux|celles|celui-ci|celle-ci|ceux-ci|celles-ci|celui-là|celle-là|l'un|l'une|uns|unes|un|une|autre|autres|certains|certaines|plusieurs|beaucoup|aucun|aucune|nul|nulle|quelques-uns|quelques-unes|quelqu'un|quiconque|lui|eux|elle|elles|moi|toi|nous|vous|deux|trois|quatre|cinq|dix|aucuns|plupart|tel|lequel|laquelle)$/u;
const IMPERATIVE = PERSON.tu | PERSON.nous | PERSON.vous;
const IMPERSONAL = new Set(['falloir', 'pleuvoir', 'neiger']);

/** Whether the verb has no person for its subject: « il faut », « il y a », « il s’agit »; `misused` with another subject. */
export function isImpersonal(words: Word[], { at, from }: VerbUse): boolean | 'misused' {
  const lemmas = words[at]?.verb?.lemmas ?? [];
  const before = words.slice(from, at).map(({ form }) => form);
  const subject = words.slice(from, at).find(({ tag }) => tag === 'subject')?.form;
  if (words[at]?.form === 'faut' || (lemmas.length > 0 && lemmas.every((lemma) => IMPERSONAL.has(lemma))))
    return subject === 'il' || subject === undefined || subject === 'ça' || words[at + 1]?.tag === 'enclitic'
      ? true
      : 'misused';
  const isThere = before.includes('y') && lemmas.includes('avoir') && (subject === 'il' || subject === undefined);
  return isThere || words[at + 1]?.form === 'avis' || (before.includes("s'") && lemmas.includes('agir'));
}

const CRIES = /^(?:oui|non|oh|ah|eh|bien|hé|allons|bah|hélas)$/u;

function isImperative(words: Word[], use: VerbUse, start: number): boolean {
  const verb = words[use.at]?.verb;
  if (((verb?.tenses ?? 0) & TENSE.imperative) === 0 || ((verb?.persons ?? 0) & IMPERATIVE) === 0) return false;
  const cry = words.findLastIndex(({ text }, i) => i >= start && i < use.from && /^[!?…]$/u.test(text));
  const first = cry === -1 ? start : cry + 1;
  // « prends », « ne crains rien », « Paul, viens », « surtout ne dis rien », « Ah ! laissez »
  return words
    .slice(first, use.from)
    .every(({ tag, form }) => /^(?:punctuation|name|adverb|coordinator|negation)$/u.test(tag) || CRIES.test(form));
}

/** « Là dormaient les bêtes », « Puis vint le maire » */
function isInverted(words: Word[], use: VerbUse, start: number): boolean {
  const end = verbGroupEnd(words, use.at);
  const phrase = nounPhraseAt(words, words[end]?.form === 'de' ? end + 1 : end);
  if (phrase === undefined || !agrees(phrase, words[use.at])) return false;
  const first = words[start];
  const opens =
    start === use.from ||
    first?.tag === 'adverb' ||
    (first?.tag === 'preposition' && words[use.from - 1]?.text !== ',');
  const isBare = words.slice(use.from, use.at).every(({ form }) => form === 'se' || form === "s'");
  return opens && isBare && words.slice(start + 2, use.from).every(({ text }) => text !== ',');
}

const isObjectAndParticiple = (words: Word[], at: number): boolean =>
  /^l(?:e|a|es|')$/u.test(words[at]?.form ?? '') && words[at + 1]?.verb?.isPresentParticiple === true;

/** Whether the segment that begins at `at` leans on another: a participle, a gerund or an infinitive with what depends on it. */
function leans(words: Word[], at: number): boolean {
  // « l’entraînant, le poussant »: one alone may be a noun, « le passant »
  if (isObjectAndParticiple(words, at) && isObjectAndParticiple(words, at + 3)) return true;
  let i = at;
  while (
    /^(?:clitic|adverb|preposition|coordinator)$/u.test(words[i]?.tag ?? '') ||
    /^l[ea']s?$/u.test(words[i]?.form ?? '')
  ) {
    if (words[i]?.tag === 'determiner' && !words[i + 1]?.verb?.isPresentParticiple) return false;
    i++;
  }
  const word = words[i];
  return (
    word?.tag === 'present-participle' ||
    word?.tag === 'past-participle' ||
    (word?.tag === 'infinitive' && i > at) ||
    (word?.tag === 'other' && word.verb?.isPresentParticiple === true && words[i - 1]?.tag !== 'determiner')
  );
}

const NUMBER =
  /^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille)$/u;

/** « divers membres », « de grands oiseaux », « d’autres », « bien des gens », « douze hommes », « l’un d’eux » */
const opensIndefinite = (words: Word[], at: number): boolean =>
  /^(?:divers|diverses|maints|maintes)$/u.test(words[at]?.form ?? '') ||
  (/^(?:de|d')$/u.test(words[at]?.form ?? '') && /^(?:autres|aucuns)$/u.test(words[at + 1]?.form ?? '')) ||
  (words[at]?.form === 'bien' && /^(?:des|d')$/u.test(words[at + 1]?.form ?? '')) ||
  (words[at]?.form === "l'" && /^une?$/u.test(words[at + 1]?.form ?? '')) ||
  (/^(?:de|d')$/u.test(words[at]?.form ?? '') && ADJECTIVES_BEFORE_NOUN.has(words[at + 1]?.form ?? ''));

/** « le plus petit des deux » */
const isLoosePhrase = (words: Word[], at: number): boolean =>
  words[at]?.tag === 'determiner' && /^(?:plus|moins)$/u.test(words[at + 1]?.form ?? '');

const GOVERNING = /^(?:determiner|preposition|name|present-participle|infinitive|verb)$/u;

/** « de la femme », « comme des sacs »: what stands before makes it something else than a subject. */
const isGoverned = (before: Word | undefined): boolean =>
  before !== undefined && (GOVERNING.test(before.tag) || /^(?:comme|que|qu')$/u.test(before.form));

/** A name that opens the sentence may be spelled like another word: « Lise l’avait vu ». */
export const isNameBeforeVerb = (words: Word[], at: number, use: VerbUse): boolean =>
  /^(?:other|verb)$/u.test(words[at]?.tag ?? '') && at + 1 === use.from && /^\p{Lu}/u.test(words[at]?.text ?? '');

/** « Petit père dormait », « Pauvre maman pleurait » */
const isFondName = (words: Word[], at: number, use: VerbUse): boolean =>
  /^(?:Petite?|Pauvre|Grande?|Bonne|Chère?)$/u.test(words[at]?.text ?? '') &&
  words[at + 1]?.tag === 'other' &&
  at + 2 === use.from;

/** « cette fois », « chaque soir » */
const isTime = (words: Word[], at: number): boolean =>
  /^(?:ce|cet|cette|chaque)$/u.test(words[at]?.form ?? '') &&
  /^(?:fois|soir|matin|jour|nuit|année|semaine)$/u.test(words[at + 1]?.form ?? '');

/** Whether a noun phrase that the verb agrees with begins at `at`. */
function isSubjectPhrase(words: Word[], at: number, use: VerbUse, to: number): boolean {
  const word = words[at];
  if (word?.tag !== 'determiner' && word?.tag !== 'name' && !isTitle(word)) return false;
  if (isLoosePhrase(words, at)) return true;
  const phrase = nounPhraseAt(words, at);
  if (phrase === undefined || isContracted(words, phrase) || isTime(words, at)) return false;
  const isJoined = words.some(
    ({ form }, i) =>
      i >= phrase.to && i < to && /^(?:et|ou|ni)$/u.test(form) && words[i + 1]?.tag !== 'clitic' && i + 1 < use.from,
  );
  return (
    phrase.isName ||
    agrees({ ...phrase, isPlural: phrase.isPlural || isJoined }, words[use.at]) ||
    agrees(phrase, words[use.at])
  );
}

const isPronoun = (words: Word[], at: number): boolean =>
  PRONOUNS.test(words[at]?.form ?? '') && words[at]?.tag !== 'clitic' && words[at + 1]?.tag !== 'other';

function phraseIn(words: Word[], [from, to]: [number, number], use: VerbUse): number | undefined {
  if (leans(words, from)) return undefined;
  const isCounted = NUMBER.test(words[from]?.form ?? '') && ((words[use.at]?.verb?.persons ?? 0) & PERSON.ils) !== 0;
  if (opensIndefinite(words, from) || isCounted || isNameBeforeVerb(words, from, use) || isFondName(words, from, use))
    return from;
  const at = words.findIndex(
    (_, i) =>
      i >= from &&
      i < to &&
      !(i > from && isGoverned(words[i - 1])) &&
      (isPronoun(words, i) || isSubjectPhrase(words, i, use, to)),
  );
  return at === -1 ? undefined : at;
}

function nounBefore(words: Word[], use: VerbUse, start: number): number | undefined {
  const commas = words.flatMap(({ text }, i) => (i >= start && i < use.from && text === ',' ? [i] : []));
  const last = commas.at(-1);
  if (words[start]?.tag === 'infinitive' && last === undefined) return start;
  const near = last === use.from - 1 ? undefined : phraseIn(words, [(last ?? start - 1) + 1, use.from], use);
  if (near !== undefined || commas.length < 2) return near;
  // The subject stands before what a pair of commas encloses: « Le vieux, qui tremblait, se leva »
  for (const from of [start, ...commas.slice(0, -2).map((comma) => comma + 1)]) {
    const far = phraseIn(words, [from, commas.find((comma) => comma > from) ?? use.from], use);
    if (far !== undefined) return far;
  }
  return undefined;
}

/**
 * Index of the subject that the verb has in the clause from `start` on (its own index for an imperative); undefined
 * when none is certain. It stands right before the verb, or before it and a pair of commas.
 */
export function ownSubject(words: Word[], use: VerbUse, start: number): number | undefined {
  if (words[use.at]?.tag === 'presentative' || words[use.at + 1]?.tag === 'enclitic') return use.at;
  const bound = words.findIndex(({ tag }, i) => i >= use.from && i < use.at && tag === 'subject');
  if (bound !== -1) {
    const person = PERSON_OF[words[bound]?.form ?? ''];
    return person === undefined || (words[use.at]?.verb?.persons ?? 0) & person ? bound : undefined;
  }
  // « Faut voir », « Lui se taisait », « Eux, dormaient »
  const isStrong =
    /^(?:Lui|Eux)$/u.test(words[start]?.text ?? '') && use.from - start <= (words[start + 1]?.text === ',' ? 2 : 1);
  if (isStrong || (use.from === start && /^(?:faut|fallait|faudra|faudrait)$/u.test(words[use.at]?.form ?? '')))
    return use.at;
  return isImperative(words, use, start) || isInverted(words, use, start) ? use.at : nounBefore(words, use, start);
}
