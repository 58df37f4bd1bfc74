import { HANDLING, idea, infinitivePhrase, thing, transitive } from './novel-actions';
import { NARROW, nature, oneOf, temper, UNSAID } from './novel-clauses';
import { byPronoun, capital, elide, nounPhrase, of, type Subject, somebody, somewhere } from './novel-phrases';
import type { Random } from './novel-random';
import { ADVERBS, DEPTHS, IDEAS, OPENERS, PLACES, SHUT } from './novel-words';

type Names = readonly [string, ...string[]];

const ALONE: Names = [
  'pâlir',
  'rougir',
  'soupirer',
  'hésiter',
  'se taire',
  'sourire',
  'réfléchir',
  'pleurer',
  'trembler',
  'gémir',
  'rire',
  'obéir',
  'se lever',
  'se retourner',
  'se éloigner',
];
const KEEPING: Names = ['craindre', 'cacher', 'avouer', 'comprendre', 'garder'];
const SEEMING: Names = ['être', 'sembler', 'paraître'];

function exclamation(random: Random): string {
  const noun = random.pick(IDEAS);
  const [which, that] = noun.gender === 'f' ? ['quelle', 'celle'] : ['quel', 'celui'];
  return `${which} ${noun.word} ${random.pick(DEPTHS)[noun.gender]} que ${that} ${of(somebody(random).text)}${NARROW}!`;
}

function view(random: Random): string {
  const noun = random.pick(PLACES);
  const where = `${nounPhrase(noun, 'definite')} ${of(somebody(random).text)}`;
  return `${where} ${oneOf(random, SEEMING, UNSAID, 'imperfect')} ${random.pick(SHUT)[noun.gender]}.`;
}

const PATTERNS: readonly [
  (random: Random, subject: Subject) => string,
  ...((random: Random, subject: Subject) => string)[],
] = [
  (random, subject) =>
    `${subject.text} ${oneOf(random, ALONE, subject, random.pick(['past', 'imperfect', 'pluperfect']))}.`,
  (random, subject) => `${subject.text} ${oneOf(random, ALONE, subject, 'past')} ${random.pick(ADVERBS)}.`,
  (random, subject) => `${subject.pronoun} ${oneOf(random, HANDLING, subject, 'past')} ${thing(random).text}.`,
  (random, subject) => `${subject.text} ${oneOf(random, KEEPING, subject, 'imperfect')} ${idea(random)}.`,
  (random, subject) => `${subject.text} ${oneOf(random, SEEMING, subject, 'imperfect')} ${temper(random, subject)}.`,
  (random) => `${random.pick(OPENERS)}, ${nature(random, random.pick(['past', 'imperfect']))}.`,
  (random) => `${nature(random, random.pick(['past', 'imperfect']))} ${somewhere(random)}.`,
  (random) => `il fallut ${infinitivePhrase(transitive(random))}.`,
  (random) => `personne ne ${oneOf(random, HANDLING, UNSAID, 'past')} ${thing(random).text}.`,
  (random) => `rien que ${thing(random, 0.3).text} et ${thing(random, 0.3).text}.`,
  exclamation,
  view,
];

export function shortSentence(random: Random): string {
  const named = somebody(random);
  const subject = random.chance(0.3) ? byPronoun(named) : named;
  return elide(capital(random.pick(PATTERNS)(random, subject)));
}
