import { action, HANDLING, idea, infinitivePhrase, thing, transitive } from './novel-actions';
import { clause, does, NARROW, nature, oneOf, temper, UNSAID } from './novel-clauses';
import {
  agree,
  byPronoun,
  capital,
  elide,
  nounPhrase,
  of,
  place,
  type Subject,
  somebody,
  somewhere,
  type Tense,
} from './novel-phrases';
import type { Random } from './novel-random';
import { verbNamed } from './novel-verbs';
import { ADVERBS, OPENERS, PLACES } from './novel-words';

type Names = readonly [string, ...string[]];
type Part = (random: Random, subject: Subject) => string;

const CLAIMING: Names = [
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
];
const CROSSING: Names = ['quitter', 'gagner', 'traverser', 'longer', 'regagner'];
const MONTHS: Names = ['janvier', 'mars', 'avril', 'juin', 'juillet', 'août', 'octobre', 'novembre', 'décembre'];
const HOURS: Names = ['six', 'sept', 'huit', 'neuf', 'dix'];
const PARTS_OF_DAY: Names = [' du matin', ' du soir', ' et demie'];
const NO_BREAK = '\u00a0';

const wordCount = (text: string) => text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

const isPronoun = ({ text }: Subject) => /^(?:il|elle)s?$/u.test(text);

/** « était » in the subjunctive of tales. */
const wasPerhaps = ({ plural }: Subject) => (plural ? 'fussent' : 'fût');

const BEFORE: readonly [Part, ...Part[]] = [
  (random) => `${random.pick(OPENERS)},`,
  (random) => `${random.pick(OPENERS)},`,
  (random) => {
    const { verb, complement } = transitive(random);
    return `en ${verb.gerund} ${complement},`;
  },
  (random) => `${random.pick(['quand', 'lorsque', 'dès que'])} ${clause(random, somebody(random), 'past')},`,
  (random) => `comme ${nature(random, 'imperfect')} encore,`,
  (random) => `comme ${clause(random, somebody(random), 'imperfect')},`,
  (random) => {
    const other = somebody(random);
    return `bien que ${other.text} ${wasPerhaps(other)} ${temper(random, other)},`;
  },
  (random) => {
    const { verb, complement } = transitive(random);
    return `après avoir ${verb.participle} ${complement},`;
  },
  (random) => `malgré ${idea(random)},`,
  (random) => `vers ${random.pick(HOURS)} heures${random.pick(PARTS_OF_DAY)},`,
  (random) => `le ${random.between(2, 28)} ${random.pick(MONTHS)} ${random.between(1790, 1899)},`,
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
  (random) => ` ${random.pick(['pour', 'afin de'])} ${infinitivePhrase(transitive(random))}`,
  (random) => ` avant de ${infinitivePhrase(action(random))}`,
  (random) => `, sans ${infinitivePhrase(transitive(random))}`,
  (random) => `, si bien que ${clause(random, somebody(random), 'past')}`,
  (random, subject) => `, comme si ${clause(random, byPronoun(subject), 'pluperfect')}`,
  (random) => `, mais ${clause(random, somebody(random), 'past')}`,
  (random, subject) => `, puis ${does(action(random), subject, 'past')}`,
  (random) => ` avec ${thing(random).text}, ${thing(random).text} et ${thing(random).text}`,
  (random) => ` jusqu’au moment où ${clause(random, somebody(random), 'past')}`,
  (random, subject) =>
    `, tant ${subject.pronoun} ${oneOf(random, ['être', 'sembler'], subject, 'imperfect')} ${temper(random, subject)}`,
  (random, subject) => `, bien que ${subject.pronoun} ${wasPerhaps(subject)} ${temper(random, subject)}`,
  (random) => {
    const state = random.pick(['invisible', 'vide', 'tranquille', 'sombre']);
    return `, alors que ${place(random)} ${of(somebody(random).text)} restait ${state}`;
  },
  (random) => `${NO_BREAK}: ${clause(random, somebody(random), 'pluperfect')}`,
];

/** « la cour où Jeanne attendait », « le pont que Julien traversait » */
function placeOfSomebody(random: Random): string {
  const where = nounPhrase(random.pick(PLACES), 'definite');
  const owner = somebody(random);
  if (random.chance(0.5)) return `${where} où ${clause(random, owner, 'imperfect')}`;
  return `${where} que ${owner.text} ${oneOf(random, ['quitter', 'traverser', 'connaître', 'visiter'], owner, 'imperfect')}`;
}

/** « la lettre dont Jeanne parlait », « la lettre que Julien avait cachée dans la cour » */
function thingOfSomebody(random: Random): string {
  const { noun, text } = thing(random, 0.2, true);
  const owner = somebody(random);
  if (random.chance(0.4)) return `${text} dont ${owner.text} ${oneOf(random, ['parler'], owner, 'imperfect')}`;
  const participle = agree(verbNamed(random.pick(HANDLING)).participle, noun.gender, false);
  return `${text} que ${owner.text} ${oneOf(random, ['avoir'], owner, 'imperfect')} ${participle} ${somewhere(random)}`;
}

/** The core of a long sentence, and whom the clauses after it are about. */
interface Kernel {
  text: string;
  about: Subject;
}

function oneAlone(random: Random): Subject {
  let one = somebody(random);
  while (one.plural) one = somebody(random);
  return one;
}

/** « la lettre fut cachée par Jeanne » */
function passive(random: Random): Kernel {
  const { noun, text } = thing(random, 0.5);
  const participle = agree(verbNamed(random.pick(HANDLING)).participle, noun.gender, false);
  const about = oneAlone(random);
  return { text: `${text} ${oneOf(random, ['être'], UNSAID, 'past')} ${participle} par ${about.text}`, about };
}

/** « ce furent les voisins qui suivirent Jeanne » */
function cleft(random: Random): Kernel {
  const about = somebody(random);
  const did = does(transitive(random), about, 'past');
  return { text: `ce ${about.plural ? 'furent' : 'fut'} ${about.text} qui ${did}`, about };
}

/** « ni Jeanne ni Julien ne cachèrent la lettre » */
function neither(random: Random): Kernel {
  const [one, other] = [oneAlone(random), oneAlone(random)];
  const women = one.gender === 'f' && other.gender === 'f';
  const about: Subject = women
    ? { text: 'elles', pronoun: 'elles', gender: 'f', plural: true }
    : { text: 'ils', pronoun: 'ils', gender: 'm', plural: true };
  const did = `ne ${oneOf(random, HANDLING, about, 'past')} ${thingOfSomebody(random)}`;
  return { text: `ni ${one.text} ni ${other.text} ${did}`, about };
}

const plain: Part = (random, subject) =>
  clause(random, subject, random.pick(['past', 'past', 'imperfect', 'pluperfect']));

const claims: Part = (random, subject) => {
  const claim = oneOf(random, CLAIMING, subject, random.pick(['past', 'imperfect']));
  const tense = random.pick<Tense>(['conditional', 'pluperfect', 'imperfect']);
  return `${subject.text} ${claim} que ${clause(random, somebody(random), tense)}`;
};

const withAside: Part = (random, subject) => {
  if (isPronoun(subject)) return claims(random, subject);
  const aside = does(action(random), subject, random.pick(['imperfect', 'pluperfect']));
  return `${subject.text}, qui ${aside}, ${does(action(random), subject, 'past')}`;
};

const ACTIVE: readonly [Part, ...Part[]] = [
  plain,
  plain,
  plain,
  (random, subject) => `${subject.text} ${oneOf(random, HANDLING, subject, 'past')} ${thingOfSomebody(random)}`,
  (random, subject) => `${subject.text} ${oneOf(random, CROSSING, subject, 'past')} ${placeOfSomebody(random)}`,
  claims,
  withAside,
  (random, subject) => `${clause(random, subject, 'past')} ${random.pick(ADVERBS)}`,
];

function kernel(random: Random): Kernel {
  if (random.chance(0.15)) return random.pick([passive, cleft, neither])(random);
  const about = somebody(random);
  const text = random.pick(ACTIVE)(random, random.chance(0.3) ? byPronoun(about) : about);
  return { text: random.chance(0.35) ? `${random.pick(BEFORE)(random, about)} ${text}` : text, about };
}

/** A sentence of about so many words. */
export function longSentence(random: Random, target: number): string {
  const { text, about } = kernel(random);
  let sentence = text;
  const used = new Set<Part>();
  for (let tries = 0; wordCount(sentence) < target - 3 && tries < 12; tries += 1) {
    const part = random.pick(AFTER);
    if (used.has(part)) continue;
    used.add(part);
    sentence += part(random, about);
  }
  return elide(capital(`${sentence}.`));
}
