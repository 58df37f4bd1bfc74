import { type Action, action, infinitivePhrase, transitive } from './novel-actions';
import { conjugate, nounPhrase, pluralOf, type Subject, type Tense } from './novel-phrases';
import type { Random } from './novel-random';
import { verbNamed } from './novel-verbs';
import { NATURE, TEMPERS } from './novel-words';

type Names = readonly [string, ...string[]];

/** U+202F, before « ; », « ! » and « ? ». */
export const NARROW = '\u202f';

/** For verbs that agree with a noun already written. */
export const UNSAID: Subject = { text: '', pronoun: '', gender: 'm', plural: false };

export const oneOf = (random: Random, verbs: Names, subject: Subject, tense: Tense, not?: string) =>
  conjugate(verbNamed(random.pick(verbs)), subject, tense, not);

export const does = ({ verb, complement }: Action, subject: Subject, tense: Tense, not?: string) =>
  `${conjugate(verb, subject, tense, not)} ${complement}`;

/** « la pluie tombait » */
export function nature(random: Random, tense: Tense): string {
  const { noun, verbs } = random.pick(NATURE);
  return `${nounPhrase(noun, 'definite')} ${oneOf(random, verbs, { ...UNSAID, gender: noun.gender }, tense)}`;
}

export function temper(random: Random, subject: Subject): string {
  const adjective = random.pick(TEMPERS)[subject.gender];
  return subject.plural ? pluralOf(adjective) : adjective;
}

/** What is said about somebody: a clause with a finite verb. */
export function clause(random: Random, subject: Subject, tense: Tense): string {
  const not = random.chance(0.1) ? random.pick(['pas', 'plus', 'jamais']) : undefined;
  if (tense !== 'past' && random.chance(0.15)) {
    return `${subject.text} ${conjugate(verbNamed('être'), subject, tense)} ${temper(random, subject)}`;
  }
  const roll = random.next();
  if (roll < 0.08) {
    const modal = oneOf(random, ['vouloir', 'devoir', 'pouvoir'], subject, tense, not);
    return `${subject.text} ${modal} ${infinitivePhrase(action(random))}`;
  }
  if (roll < 0.12) {
    return `${subject.text} ${oneOf(random, ['refuser', 'tenter'], subject, tense)} de ${infinitivePhrase(transitive(random))}`;
  }
  return `${subject.text} ${does(action(random), subject, tense, not)}`;
}
