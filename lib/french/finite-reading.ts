import {
  ADJECTIVES_BEFORE_NOUN,
  ADVERBS,
  DETERMINERS,
  DETERMINERS_BEFORE_BE,
  NEGATIONS,
  PREPOSITIONS,
  RARELY_VERBS,
  SUBORDINATORS,
  USUALLY_VERBS,
} from './function-words';
import { isNominalForm } from './nominal-lexicon';
import { expectsVerb, isBeOrHave, OPENS_SENTENCE, type Place, type Word } from './tagged-word';
import type { Token } from './tokens';
import { PERSON, TENSE, type VerbForm } from './verb-lexicon';

const THIRD = PERSON.il | PERSON.ils;
const FOLLOWS_VERB = [SUBORDINATORS, NEGATIONS, PREPOSITIONS, ADVERBS, DETERMINERS];
const ENOUGH_EVIDENCE = 2;

const opensObject = (next: Token | undefined): boolean =>
  next !== undefined &&
  (next.form === 'que' || next.form === "qu'" || (DETERMINERS.has(next.form) && !/^(?:des|du|aux?)$/u.test(next.form)));

const isCapitalised = (token: Token | undefined): boolean => token !== undefined && /^\p{Lu}/u.test(token.text);

/** Over adverbs and negations back to a form of « être » or « avoir ». */
function followsAuxiliary(past: Word[]): boolean {
  const auxiliary = past.findLast(
    ({ tag, form }) => tag !== 'enclitic' && tag !== 'adverb' && tag !== 'negation' && !/..ment$/u.test(form),
  );
  return isBeOrHave(auxiliary?.verb) && auxiliary?.tag !== 'other';
}

function clauseHasVerb(past: Word[]): boolean {
  const last = past.findLast(({ tag }) => /^(?:verb|punctuation|subordinator|relative)$/u.test(tag));
  return last?.tag === 'verb';
}

function evidenceFromBefore(before: Word, past: Word[]): number {
  if (before.tag === 'name' || before.form === 'que') return 2;
  if (before.tag === 'other' || before.text === ')') return clauseHasVerb(past) ? 0 : 1;
  if (before.tag === 'coordinator') return 1;
  return /^(?:past-participle|verb|infinitive)$/u.test(before.tag) ? -1 : 0;
}

/** « la chair cuite par le soleil »: an agreeing participle, whatever rare verb it also spells. */
const isAgreeingParticiple = (form: string, verb: VerbForm): boolean => verb.isPastParticiple && /[es]$/u.test(form);

const evidenceFromNext = (next: Token | undefined): number =>
  next !== undefined && (opensObject(next) || FOLLOWS_VERB.some((words) => words.has(next.form))) ? 1 : 0;

const canOpenSentence = (token: Token, verb: VerbForm): boolean =>
  (verb.tenses & TENSE.imperative) !== 0 || token.form === 'dit';

/** How much speaks for the verb where the form may be a noun, an adjective or a participle as well. */
function evidence({ token, before, next, past }: Place, verb: VerbForm): number {
  if (before === undefined || (OPENS_SENTENCE.test(before.text) && isCapitalised(token)))
    return canOpenSentence(token, verb) && opensObject(next) ? ENOUGH_EVIDENCE : 0;
  if ((verb.persons & THIRD) === 0)
    return /^(?:dites|faites)$/u.test(token.form) && before.tag !== 'other' ? ENOUGH_EVIDENCE : 0;
  if (ADJECTIVES_BEFORE_NOUN.has(before.form) || isAgreeingParticiple(token.form, verb)) return 0;
  if (before.tag === 'punctuation' && before.text !== ')')
    return opensObject(next) || isCapitalised(next) ? ENOUGH_EVIDENCE : 0;
  const usual = USUALLY_VERBS.has(token.form) ? 1 : 0;
  return usual + evidenceFromBefore(before, past) + evidenceFromNext(next);
}

/** Whether a form that has finite readings is a finite verb at this place. */
export function isFiniteHere(place: Place, verb: VerbForm): boolean {
  const { token, before, next, past } = place;
  if (next && /^-(?!là|ci)/u.test(next.text)) return before?.tag !== 'determiner';
  if (verb.isPastParticiple && followsAuxiliary(past)) return false;
  if (verb.isInfinitive && before?.form === 'qui') return false;
  if (expectsVerb(place)) return true;
  if (before?.tag === 'determiner') return isBeOrHave(verb) && DETERMINERS_BEFORE_BE.has(before.form);
  if (RARELY_VERBS.has(token.form)) return false;
  if (token.form === 'soit') return /^(?:subject|other|name|negation|subordinator)$/u.test(before?.tag ?? '');
  if (before?.tag === 'preposition') return false;
  if (isBeOrHave(verb)) return true;
  if (!verb.isPastParticiple && !isNominalForm(token.form)) return true;
  return evidence(place, verb) >= ENOUGH_EVIDENCE;
}
