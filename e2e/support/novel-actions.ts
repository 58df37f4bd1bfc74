import { type Article, infinitiveOf, nounPhrase, of, place, somebody, somewhere, to } from './novel-phrases';
import type { Random } from './novel-random';
import { type Verb, verbNamed } from './novel-verbs';
import { ADJECTIVES, type Adjective, DEPTHS, IDEAS, type Noun, THINGS } from './novel-words';

/** What somebody does: a verb and all that follows it. */
export interface Action {
  verb: Verb;
  complement: string;
}

type Names = readonly [string, ...string[]];

const split = (text: string): Names => {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  return [first, ...rest];
};

export const HANDLING =
  split(`prendre poser ramasser tenir cacher examiner chercher perdre retrouver emporter oublier vendre acheter montrer
  apporter garder contempler saisir déposer serrer renverser recevoir rapporter regarder essuyer choisir trouver défendre`);
const MEETING =
  split(`regarder attendre suivre saluer interroger rejoindre écouter reconnaître observer remercier consoler inviter quitter
  surprendre prévenir accompagner éviter craindre plaindre croire aimer admirer embrasser trahir accuser protéger menacer avertir entendre
  emmener conduire`);
const ROAMING = split(
  'traverser quitter gagner longer atteindre contourner parcourir regagner visiter apercevoir voir connaître',
);
const FEELING =
  split(`craindre redouter comprendre deviner garder éprouver regretter sentir oublier cacher mesurer avouer raconter
  pressentir ignorer apprendre maintenir`);
const MOVING =
  split(`marcher entrer revenir rester errer s’arrêter s’avancer s’asseoir se_cacher s’installer se_promener s’endormir passer
  arriver disparaître se_glisser se_retourner se_blottir pleurer chanter attendre dormir descendre courir parler`);
const GOING = split('marcher descendre monter courir revenir s’avancer se_promener se_glisser');

const maybe = <T>(random: Random, probability: number, value: () => T): T | undefined =>
  random.chance(probability) ? value() : undefined;

const bareName = (name: string) => name.replace('s’', 'se ').replace('_', ' ');

export function thing(random: Random, adjectiveShare = 0.5, definite = false): { noun: Noun; text: string } {
  const noun = random.pick(THINGS);
  const adjective = maybe<Adjective>(random, adjectiveShare, () => random.pick(ADJECTIVES));
  const article = definite
    ? 'definite'
    : random.pick<Article>(['definite', 'indefinite', 'possessive', 'demonstrative']);
  return { noun, text: nounPhrase(noun, article, { ...(adjective && { adjective }) }) };
}

export function idea(random: Random, adjectiveShare = 0.4): string {
  const adjective = maybe<Adjective>(random, adjectiveShare, () => random.pick(DEPTHS));
  const article = random.pick(['definite', 'possessive', 'demonstrative'] as const);
  return nounPhrase(random.pick(IDEAS), article, { ...(adjective && { adjective }) });
}

function handle(random: Random): Action {
  const where = maybe(random, 0.3, () => ` ${somewhere(random)}`) ?? '';
  const whose = where ? '' : (maybe(random, 0.25, () => ` ${of(somebody(random).text)}`) ?? '');
  const noun = random.pick(THINGS);
  const adjective = maybe<Adjective>(random, 0.4, () => random.pick(ADJECTIVES));
  const article = whose ? 'definite' : random.pick(['definite', 'indefinite', 'possessive'] as const);
  return {
    verb: verbNamed(random.pick(HANDLING)),
    complement: `${nounPhrase(noun, article, { ...(adjective && { adjective }) })}${whose}${where}`,
  };
}

/** Something done to somebody or something; `reflexive` verbs left out where the speaker is « je » or « vous ». */
export function transitive(random: Random): Action {
  const roll = random.next();
  if (roll < 0.4) return handle(random);
  if (roll < 0.65) return { verb: verbNamed(random.pick(MEETING)), complement: somebody(random).text };
  if (roll < 0.82) return { verb: verbNamed(random.pick(ROAMING)), complement: place(random) };
  return { verb: verbNamed(random.pick(FEELING)), complement: idea(random) };
}

export function action(random: Random): Action {
  if (random.chance(0.72)) return transitive(random);
  if (random.chance(0.35)) {
    const goal = random.chance(0.6) ? `vers ${place(random)}` : `jusqu’${to(place(random))}`;
    return { verb: verbNamed(bareName(random.pick(GOING))), complement: goal };
  }
  return { verb: verbNamed(bareName(random.pick(MOVING))), complement: somewhere(random) };
}

export const infinitivePhrase = ({ verb, complement }: Action) => `${infinitiveOf(verb)} ${complement}`;
