import { CLITICS, DETERMINERS, RELATIVES, SUBORDINATORS, WEAK_CLITICS, WEAK_SUBJECTS } from './function-words';
import { isNominalForm } from './nominal-lexicon';
import { expectsVerb, type Place, type Tag } from './tagged-word';
import type { Token } from './tokens';
import { PERSON, verbForm } from './verb-lexicon';

const canBeVerb = (token: Token | undefined): boolean => {
  const verb = token && verbForm(token.form);
  return verb !== undefined && (verb.persons > 0 || verb.isInfinitive);
};

const BE_AND_HAVE_AFTER_L = /^(?:est|a|ont|avait|était|avaient|étaient|eut|eût)$/u;
const BE_AFTER_CE = /^(?:est|sont|sera|serait|fut|fût|soit|était)$/u;

const isNe = (token: Token | undefined): boolean => token?.form === 'ne' || token?.form === "n'";

/** « le », « la », « les », « l’ », « leur », « lui », « en »: object of a verb, or something else. */
function tagWeakClitic(place: Place): Tag {
  const { token, next, afterNext } = place;
  const { form } = token;
  const plain: Tag = DETERMINERS.has(form) ? 'determiner' : form === 'en' ? 'preposition' : 'other';
  if (!next?.isWord) return plain;
  if (CLITICS.has(next.form) || (WEAK_CLITICS.has(next.form) && canBeVerb(afterNext))) return 'clitic';
  if (!canBeVerb(next)) return plain;
  if (expectsVerb(place) || form === 'lui') return 'clitic';
  const isBeOrHave = BE_AND_HAVE_AFTER_L.test(next.form) && place.before?.tag !== 'preposition';
  return isNominalForm(next.form) && !isBeOrHave ? plain : 'clitic';
}

function tagNousOrVous(place: Place): Tag {
  const { token, next } = place;
  if (expectsVerb(place)) return 'clitic';
  if (isNe(next) || (next && (CLITICS.has(next.form) || WEAK_CLITICS.has(next.form)))) return 'subject';
  const persons = (next && verbForm(next.form)?.persons) ?? 0;
  if (persons & PERSON[token.form === 'nous' ? 'nous' : 'vous']) return 'subject';
  return canBeVerb(next) ? 'clitic' : 'other';
}

function tagCe({ next }: Place): Tag {
  if (next === undefined) return 'other';
  if (isNe(next) || BE_AFTER_CE.test(next.form)) return 'subject';
  if (RELATIVES.has(next.form) || SUBORDINATORS.has(next.form)) return 'other';
  return canBeVerb(next) && !isNominalForm(next.form) ? 'subject' : 'determiner';
}

function tagWeakSubject(place: Place): Tag {
  const { before, next } = place;
  if (!next?.isWord || next.text.startsWith('-')) return 'other';
  return before?.tag === 'preposition' && !canBeVerb(next) ? 'other' : 'subject';
}

/** The little words that are a pronoun here and a determiner there; undefined for all others. */
export function tagWeakWord(place: Place): Tag | undefined {
  const { form } = place.token;
  if (form === 'ne' || form === "n'" || CLITICS.has(form)) return 'clitic';
  if (form === 'nous' || form === 'vous') return tagNousOrVous(place);
  if (WEAK_CLITICS.has(form)) return tagWeakClitic(place);
  if (form === "c'") return 'subject';
  if (form === 'ce') return tagCe(place);
  return WEAK_SUBJECTS.has(form) ? tagWeakSubject(place) : undefined;
}
