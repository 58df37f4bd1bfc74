import type { VerbUse } from './clauses';
import { isContracted, isTitle, type NounPhrase, nounPhraseAt, pronounFor } from './noun-phrase';
import type { Word } from './tagged-word';
import { PERSON } from './verb-lexicon';

/** Who does what a verb says, in a form that can stand before another verb. */
export interface Subject {
  /** Lower-case pronoun, or the noun phrase as written. */
  text: string;
  /** Bit of PERSON. */
  person: number;
  /** Index of its first word. */
  from: number;
}

/** Of the pronouns that can only be subjects, and of « cela ». */
export const PERSON_OF: Record<string, number> = {
  je: PERSON.je,
  "j'": PERSON.je,
  tu: PERSON.tu,
  il: PERSON.il,
  elle: PERSON.il,
  on: PERSON.il,
  cela: PERSON.il,
  ça: PERSON.il,
  nous: PERSON.nous,
  vous: PERSON.vous,
  ils: PERSON.ils,
  elles: PERSON.ils,
};

function fromPronoun(word: Word, from: number): Subject | undefined {
  const form = word.form.replace(/^-(?:t-)?/u, '');
  const person = PERSON_OF[form];
  return person === undefined ? undefined : { text: form === "j'" ? 'je' : form, person, from };
}

const textOf = (words: Word[], { from, to }: { from: number; to: number }): string =>
  words
    .slice(from, to)
    .map((word, i, all) => word.text + ((all[i + 1]?.start ?? word.end) > word.end ? ' ' : ''))
    .join('');

const lowerDeterminer = (text: string): string =>
  text.replace(
    /^(?:L[’']|(?:L[ea]|Les|Une?|Des|Ce(?:s|t|tte)?|[MTS](?:on|a|es)|Notre|Nos|Votre|Vos|Leurs?|Chaque)(?!\p{L}))/u,
    (word) => word.toLowerCase(),
  );

function startsPhrase(words: Word[], i: number): boolean {
  const before = words[i - 1];
  // « appela « Rose ! », avança »
  if (before?.text === '«' && words.slice(0, i - 1).some(({ isWord }) => isWord)) return false;
  const isStart = words[i]?.tag === 'determiner' || words[i]?.tag === 'name' || isTitle(words[i]);
  if (!isStart) return false;
  return (
    before === undefined || !/^(?:determiner|preposition|name|present-participle|infinitive|verb)$/u.test(before.tag)
  );
}

/** The noun phrase between `start` and `end` that can be the subject of the verb at `end`. */
export function nounSubject(words: Word[], start: number, end: number): NounPhrase | undefined {
  for (let i = start; i < end; i++) {
    if (!startsPhrase(words, i)) continue;
    const phrase = nounPhraseAt(words, i);
    if (phrase === undefined || isContracted(words, phrase)) continue;
    const after = words[phrase.to];
    // « le soir, il sortit »: a noun phrase set apart is an adverbial, unless the verb itself follows the pair of commas
    if (after?.text === ',' && (words[end - 1]?.text !== ',' || phrase.to === end - 1)) continue;
    // « le seuil de la porte, regarda », « le jour étant venu, il partit »: one comma parts it from the verb
    const commas = words.slice(phrase.to, end).filter(({ text }) => text === ',').length;
    if (commas === 1) continue;
    return phrase;
  }
  return undefined;
}

export const agrees = ({ isPlural }: NounPhrase, verb: Word | undefined): boolean =>
  ((verb?.verb?.persons ?? 0) & (isPlural ? PERSON.ils : PERSON.il)) !== 0;

const DEFINITE = /^(?:l[ea]s?|l'|ce|cet|cette|ces|[mts](?:on|a|es)|notre|nos|votre|vos|leurs?|chaque)$/u;

const STRONG: Record<string, string> = {
  chacun: 'chacun',
  'celui-ci': 'il',
  'celui-là': 'il',
  'celle-ci': 'elle',
  'celle-là': 'elle',
  'ceux-ci': 'ils',
  'ceux-là': 'ils',
  'celles-ci': 'elles',
  'celles-là': 'elles',
};

/** « Chacun », « celui-ci » at the head of the clause. */
function fromStrong(words: Word[], use: VerbUse, start: number): Subject | undefined {
  const from = words.findIndex(({ isWord, tag }, i) => i >= start && isWord && tag !== 'coordinator');
  const [first, second] = words.slice(from, from + 2);
  const isGroup = /^(?:deux|trois|quatre)$/u.test(second?.form ?? '');
  if (isGroup && first?.form === 'tous') return { text: 'ils', person: PERSON.ils, from };
  if (isGroup && first?.form === 'toutes') return { text: 'elles', person: PERSON.ils, from };
  const text = STRONG[(first?.form ?? '') + (second?.tag === 'enclitic' ? second.form : '')];
  const person = text?.endsWith('s') ? PERSON.ils : PERSON.il;
  const agreed = ((words[use.at]?.verb?.persons ?? 0) & person) !== 0;
  return text !== undefined && agreed ? { text, person, from } : undefined;
}

/** « Le vieux et la vieille »: they; « Paul et Lise », whose genders are not known, are named again. */
function pairFrom(words: Word[], phrase: NounPhrase, use: VerbUse): Subject | undefined {
  const other = words[phrase.to]?.form === 'et' ? nounPhraseAt(words, phrase.to + 1) : undefined;
  if (other === undefined || ((words[use.at]?.verb?.persons ?? 0) & (PERSON.ils | PERSON.il)) !== PERSON.ils)
    return undefined;
  // « Paul et Lise, et leur fille »
  if (
    words.slice(other.to, use.from).some(({ form, tag }) => tag === 'coordinator' || /^(?:de|d'|du|des)$/u.test(form))
  )
    return undefined;
  const { from } = phrase;
  const genders = [phrase.gender, other.gender];
  if (genders.includes('masculine')) return { text: 'ils', person: PERSON.ils, from };
  if (genders.every((gender) => gender === 'feminine')) return { text: 'elles', person: PERSON.ils, from };
  if (!phrase.isName || !other.isName) return undefined;
  return { text: textOf(words, { from, to: other.to }), person: PERSON.ils, from };
}

/** The noun phrase as a subject that can be said again. */
function phraseSubject(words: Word[], phrase: NounPhrase, use: VerbUse): Subject | undefined {
  if (words[phrase.from]?.form === 'quelque' && words[phrase.from + 1]?.form === 'chose') return undefined;
  // « Une heure après avoir mangé, Paul… »
  if (/^(?:après|avant|plus|auparavant)$/u.test(words[phrase.to]?.form ?? '')) return undefined;
  const pair = pairFrom(words, phrase, use);
  if (pair !== undefined) return pair;
  const joined = words.slice(phrase.to, use.from).some(({ form }) => form === 'et' || form === 'ou' || form === 'ni');
  // « des femmes, des hommes, des enfants criaient »
  const isListed =
    phrase.isPlural && words[phrase.to]?.text === ',' && nounPhraseAt(words, phrase.to + 1)?.isPlural === true;
  if (joined || isListed) return undefined;
  if (!agrees(phrase, words[use.at])) return undefined;
  const person = phrase.isPlural ? PERSON.ils : PERSON.il;
  const pronoun = pronounFor(phrase);
  // « L’honorable Paul Berger », « ces dix pauvres mille francs »: cut after the adjective it would be another
  if (pronoun === undefined && !phrase.isName && /^(?:name|determiner)$/u.test(words[phrase.to]?.tag ?? ''))
    return undefined;
  // « trois hommes » said twice would be six
  if (pronoun === undefined && !phrase.isName && !DEFINITE.test(words[phrase.from]?.form ?? '')) return undefined;
  return { text: pronoun ?? lowerDeterminer(textOf(words, phrase)), person, from: phrase.from };
}

/** The subject of a verb whose clause begins at `start`; undefined when it cannot be told. */
export function subjectOf(words: Word[], use: VerbUse, start: number): Subject | undefined {
  const bound = words.slice(use.from, use.at).find(({ tag }) => tag === 'subject');
  const at = bound === undefined ? -1 : words.indexOf(bound);
  // « l’homme qui a fait ça riait »
  const isObject =
    /^(?:ça|cela)$/u.test(bound?.form ?? '') && /^(?:verb|infinitive|past-participle)$/u.test(words[at - 1]?.tag ?? '');
  if (bound !== undefined) return isObject ? undefined : fromPronoun(bound, at);
  const after = words[use.at + 1];
  if (after?.tag === 'enclitic' && PERSON_OF[after.form.replace(/^-(?:t-)?/u, '')])
    return fromPronoun(after, use.at + 1);
  const strong = fromStrong(words, use, start);
  if (strong !== undefined) return strong;
  const phrase = nounSubject(words, start, use.from);
  if (phrase === undefined) return undefined;
  return phraseSubject(words, phrase, use);
}
