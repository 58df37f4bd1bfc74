import { type Action, action, HANDLING, idea, infinitivePhrase, thing, transitive } from './novel-actions';
import {
  agree,
  byPronoun,
  capital,
  conjugate,
  elide,
  nounPhrase,
  of,
  place,
  pluralOf,
  type Subject,
  somebody,
  somewhere,
  type Tense,
} from './novel-phrases';
import type { Random } from './novel-random';
import { type Verb, verbNamed } from './novel-verbs';
import { ADVERBS, DEPTHS, IDEAS, NATURE, OPENERS, PLACES, SHUT, TEMPERS } from './novel-words';

const NARROW = '\u202f';
const SILENT = [
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
] as const;
const CLAIMING = [
  'dire',
  'répondre',
  'jurer',
  'déclarer',
  'croire',
  'penser',
  'savoir',
  'sentir',
  'comprendre',
  'espérer',
  'promettre',
] as const;

export const wordCount = (text: string) => text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

const does = ({ verb, complement }: Action, subject: Subject, tense: Tense, not?: string) =>
  `${conjugate(verb, subject, tense, not)} ${complement}`;

function nature(random: Random, tense: Tense): string {
  const { noun, verbs } = random.pick(NATURE);
  const subject: Subject = { text: nounPhrase(noun, 'definite'), pronoun: '', gender: noun.gender, plural: false };
  return `${subject.text} ${conjugate(verbNamed(random.pick(verbs)), subject, tense)}`;
}

const withTemper = (verb: Verb, subject: Subject, random: Random, tense: Tense) => {
  const adjective = random.pick(TEMPERS)[subject.gender];
  return `${conjugate(verb, subject, tense)} ${subject.plural ? pluralOf(adjective) : adjective}`;
};

/** What is said about somebody: a clause with a finite verb. */
function clause(random: Random, subject: Subject, tense: Tense): string {
  const not = random.chance(0.1) ? random.pick(['pas', 'plus', 'jamais']) : undefined;
  if (tense !== 'past' && random.chance(0.15))
    return `${subject.text} ${withTemper(verbNamed('être'), subject, random, tense)}`;
  const modal = random.next();
  if (modal < 0.08)
    return `${subject.text} ${conjugate(verbNamed(random.pick(['vouloir', 'devoir', 'pouvoir'])), subject, tense, not)} ${infinitivePhrase(action(random))}`;
  if (modal < 0.12)
    return `${subject.text} ${conjugate(verbNamed(random.pick(['refuser', 'tenter'])), subject, tense)} de ${infinitivePhrase(transitive(random))}`;
  return `${subject.text} ${does(action(random), subject, tense, not)}`;
}

type Part = (random: Random, subject: Subject) => string;

const BEFORE: readonly [Part, ...Part[]] = [
  (random) => `${random.pick(OPENERS)},`,
  (random) => `${random.pick(OPENERS)},`,
  (random) => {
    const { verb, complement } = transitive(random);
    return `en ${verb.gerund} ${complement},`;
  },
  (random) => `quand ${clause(random, somebody(random), 'past')},`,
  (random) => `comme ${nature(random, 'imperfect')} encore,`,
  (random) => `comme ${clause(random, somebody(random), 'imperfect')},`,
  (random) => {
    const { verb, complement } = transitive(random);
    return `après avoir ${verb.participle} ${complement},`;
  },
  (random) => `malgré ${idea(random)},`,
  (random) =>
    `vers ${random.pick(['six', 'sept', 'huit', 'neuf', 'dix'])} heures${random.pick([' du matin', ' du soir', ' et demie'])},`,
  (random) =>
    `le ${random.between(2, 28)} ${random.pick(['mars', 'avril', 'juin', 'août', 'octobre', 'novembre'])} ${random.between(1790, 1899)},`,
];

const AFTER: readonly [Part, ...Part[]] = [
  (random) => `, tandis que ${nature(random, 'imperfect')} ${somewhere(random)}`,
  (random) => `, pendant que ${clause(random, somebody(random), 'imperfect')}`,
  (random, subject) => `, parce que ${clause(random, byPronoun(subject), 'pluperfect')}`,
  (random, subject) => `, car ${clause(random, byPronoun(subject), 'imperfect')}`,
  (random, subject) => `, et ${clause(random, byPronoun(subject), 'past')}`,
  (random, subject) => ` et ${does(action(random), subject, 'past')}`,
  (random, subject) => `${NARROW}; ${clause(random, byPronoun(subject), 'past')}`,
  (random) =>
    `${NARROW}; ${clause(random, somebody(random), 'imperfect')}, mais ${nature(random, 'imperfect')} toujours`,
  (random) => ` pour ${infinitivePhrase(transitive(random))}`,
  (random) => ` avant de ${infinitivePhrase(action(random))}`,
  (random) => `, sans ${infinitivePhrase(transitive(random))}`,
  (random) => `, si bien que ${clause(random, somebody(random), 'past')}`,
  (random, subject) => `, comme si ${clause(random, byPronoun(subject), 'pluperfect')}`,
  (random) => `, mais ${clause(random, somebody(random), 'past')}`,
  (random, subject) => `, puis ${does(action(random), subject, 'past')}`,
  (random) => ` avec ${thing(random).text}, ${thing(random).text} et ${thing(random).text}`,
  (random) =>
    `, alors que ${place(random)} ${of(somebody(random).text)} restait ${random.pick(['invisible', 'vide', 'tranquille', 'sombre'])}`,
  (random) => `\u00a0: ${clause(random, somebody(random), 'pluperfect')}`,
];

function relative(random: Random): string {
  const noun = random.pick(PLACES);
  const owner = somebody(random);
  return random.chance(0.5)
    ? `${nounPhrase(noun, 'definite')} où ${clause(random, owner, 'imperfect')}`
    : `${nounPhrase(noun, 'definite')} que ${owner.text} ${conjugate(verbNamed(random.pick(['quitter', 'traverser', 'connaître', 'visiter'])), owner, 'imperfect')}`;
}

function possession(random: Random): string {
  const { noun, text } = thing(random, 0.2, true);
  const owner = somebody(random);
  if (random.chance(0.4))
    return `${text} dont ${clause(random, owner, 'imperfect').replace(/\s\S+$/u, (end) => end)}`.replace(
      / dont .*/u,
      ` dont ${owner.text} ${conjugate(verbNamed('parler'), owner, 'imperfect')}`,
    );
  const verb = verbNamed(random.pick(HANDLING));
  const auxiliary = conjugate(verbNamed('avoir'), owner, 'imperfect');
  return `${text} que ${owner.text} ${auxiliary} ${agree(verb.participle, noun.gender, false)} ${somewhere(random)}`;
}

/** The kernel of a long sentence. */
function kernel(random: Random, subject: Subject): string {
  const roll = random.next();
  if (roll < 0.14)
    return `${subject.text} ${does({ verb: verbNamed(random.pick(HANDLING)), complement: possession(random) }, subject, 'past')}`;
  if (roll < 0.26)
    return `${subject.text} ${does({ verb: verbNamed(random.pick(['quitter', 'gagner', 'traverser', 'longer', 'regagner'])), complement: relative(random) }, subject, 'past')}`;
  if (roll < 0.38) {
    const claim = conjugate(verbNamed(random.pick(CLAIMING)), subject, random.pick(['past', 'imperfect']));
    return `${subject.text} ${claim} que ${clause(random, somebody(random), random.pick(['conditional', 'pluperfect', 'imperfect']))}`;
  }
  if (roll < 0.48 && !/^(?:il|elle)s?$/u.test(subject.text))
    return `${subject.text}, qui ${does(action(random), subject, random.pick(['imperfect', 'pluperfect']))}, ${does(action(random), subject, 'past')}`;
  if (roll < 0.56) return `${clause(random, subject, 'past')} ${random.pick(ADVERBS)}`;
  return clause(random, subject, random.pick(['past', 'past', 'imperfect', 'pluperfect']));
}

/** A sentence of about so many words. */
export function longSentence(random: Random, target: number): string {
  const subject = somebody(random);
  const spoken = random.chance(0.3) ? byPronoun(subject) : subject;
  let text = kernel(random, spoken);
  if (random.chance(0.35)) text = `${random.pick(BEFORE)(random, subject)} ${text}`;
  const used = new Set<Part>();
  for (let tries = 0; wordCount(text) < target - 3 && tries < 12; tries += 1) {
    const part = random.pick(AFTER);
    if (used.has(part)) continue;
    used.add(part);
    text += part(random, subject);
  }
  return elide(capital(`${text}.`));
}

const SHORT: readonly [Part, ...Part[]] = [
  (random, subject) =>
    `${subject.text} ${conjugate(verbNamed(random.pick(SILENT)), subject, random.pick(['past', 'past', 'imperfect', 'pluperfect']))}.`,
  (random, subject) =>
    `${subject.text} ${conjugate(verbNamed(random.pick(SILENT)), subject, 'past')} ${random.pick(ADVERBS)}.`,
  (random, subject) =>
    `${byPronoun(subject).text} ${conjugate(verbNamed(random.pick(HANDLING)), subject, 'past')} ${thing(random).text}.`,
  (random, subject) =>
    `${subject.text} ${conjugate(verbNamed(random.pick(['craindre', 'cacher', 'avouer', 'comprendre', 'garder'])), subject, 'imperfect')} ${idea(random)}.`,
  (random, subject) =>
    `${subject.text} ${withTemper(verbNamed(random.pick(['être', 'sembler', 'paraître'])), subject, random, 'imperfect')}.`,
  (random) => `${random.pick(OPENERS)}, ${nature(random, random.pick(['past', 'imperfect']))}.`,
  (random) => `${nature(random, random.pick(['past', 'imperfect']))} ${somewhere(random)}.`,
  (random) => `il fallut ${infinitivePhrase(transitive(random))}.`,
  (random) =>
    `personne ne ${conjugate(verbNamed(random.pick(HANDLING)), { text: '', pronoun: '', gender: 'm', plural: false }, 'past')} ${thing(random).text}.`,
  (random) => `rien que ${thing(random, 0.3).text} et ${thing(random, 0.3).text}.`,
  (random) => {
    const noun = random.pick(IDEAS);
    const [which, that] = noun.gender === 'f' ? ['quelle', 'celle'] : ['quel', 'celui'];
    return `${which} ${noun.word} ${random.pick(DEPTHS)[noun.gender]} que ${that} ${of(somebody(random).text)}${NARROW}!`;
  },
  (random) => {
    const noun = random.pick(PLACES);
    const verb = conjugate(
      verbNamed(random.pick(['sembler', 'paraître'])),
      { text: '', pronoun: '', gender: 'm', plural: false },
      'imperfect',
    );
    return `${nounPhrase(noun, 'definite')} ${of(somebody(random).text)} ${verb} ${random.pick(SHUT)[noun.gender]}.`;
  },
];

export function shortSentence(random: Random): string {
  const somebodyShort = somebody(random);
  const subject = random.chance(0.3) ? byPronoun(somebodyShort) : somebodyShort;
  return elide(capital(random.pick(SHORT)(random, subject)));
}
