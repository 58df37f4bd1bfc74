import type { Random } from './novel-random';
import { type Verb, verbNamed } from './novel-verbs';
import {
  type Adjective,
  FAMILIES,
  type Gender,
  GROUPS,
  MEN,
  type Noun,
  PEOPLE,
  PLACES,
  TEMPERS,
  WOMEN,
} from './novel-words';

export type Article = 'definite' | 'indefinite' | 'possessive' | 'demonstrative';

export interface Subject {
  text: string;
  pronoun: string;
  gender: Gender;
  plural: boolean;
}

export type Tense = 'past' | 'imperfect' | 'conditional' | 'pluperfect';

const ARTICLES: Record<Article, { m: string; f: string; plural: string; beforeVowel?: string }> = {
  definite: { m: 'le', f: 'la', plural: 'les' },
  indefinite: { m: 'un', f: 'une', plural: 'des' },
  possessive: { m: 'son', f: 'sa', plural: 'ses', beforeVowel: 'son' },
  demonstrative: { m: 'ce', f: 'cette', plural: 'ces' },
};
const ASPIRATED = /^(?:ha(?:che|lle|meau|ngar|rnais|ut)|hériss|héros|honte|hors|huit|hurl)/u;
const INDOORS = new Set(
  `cour jardin verger grenier cave cuisine salon bibliothèque chambre couloir vestibule grange moulin étable chapelle église cimetière
  forêt bois clairière vallée ruelle faubourg auberge gare boutique atelier école mairie hôpital prison château parc village ferme`.split(
    /\s+/,
  ),
);

const opensWithVowel = (word: string) =>
  /^[aàâeéèêiîoôuûhœæ]/iu.test(word) && !ASPIRATED.test(word) && !/^onz/u.test(word);

/** « que il » → « qu’il », « le étang » → « l’étang », « si il » → « s’il ». */
export function elide(text: string): string {
  return text
    .replace(
      /(?<=^|[\s’«(])(lorsque|puisque|jusque|que|de|ne|se|je|me|te|le|la|ce) (?=(\S+))/giu,
      (whole, word, next) => {
        const shortens = opensWithVowel(next) && (word.toLowerCase() !== 'ce' || /^(?:est|était)/u.test(next));
        return shortens ? `${word.slice(0, -1)}’` : whole;
      },
    )
    .replace(/(?<=^|[\s’«(])si (?=ils?\b)/giu, (word) => `${word[0]}’`);
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const pluralOf = (word: string) =>
  /[sxz]$/u.test(word) ? word : /(?:eau|eu)$/u.test(word) ? `${word}x` : `${word}s`;

/** A participle or adjective in agreement. */
export function agree(form: string, gender: Gender, plural: boolean): string {
  const gendered = gender === 'f' ? `${form}e` : form;
  return plural && !gendered.endsWith('s') ? `${gendered}s` : gendered;
}

/** « du », « des », « de la », « d’une ». */
export const of = (phrase: string) => {
  if (phrase.startsWith('le ')) return `du ${phrase.slice(3)}`;
  if (phrase.startsWith('les ')) return `des ${phrase.slice(4)}`;
  return elide(`de ${phrase}`);
};

/** « au », « aux », « à la », « à une ». */
export const to = (phrase: string) => {
  if (phrase.startsWith('le ')) return `au ${phrase.slice(3)}`;
  if (phrase.startsWith('les ')) return `aux ${phrase.slice(4)}`;
  return `à ${phrase}`;
};

export function nounPhrase(
  noun: Noun,
  article: Article,
  options: { adjective?: Adjective; plural?: boolean } = {},
): string {
  const { adjective, plural = false } = options;
  const form = adjective ? adjective[noun.gender] : '';
  const quality = plural ? pluralOf(form) : form;
  const old = quality === 'vieux' && !plural && opensWithVowel(noun.word) ? 'vieil' : quality;
  const word = plural ? pluralOf(noun.word) : noun.word;
  const body = !adjective ? word : adjective.before ? `${old} ${word}` : `${word} ${quality}`;
  const forms = ARTICLES[article];
  if (plural) return `${article === 'indefinite' && adjective?.before ? 'de' : forms.plural} ${body}`;
  if (opensWithVowel(body)) {
    if (forms.beforeVowel) return `${forms.beforeVowel} ${body}`;
    if (article === 'demonstrative' && noun.gender === 'm') return `cet ${body}`;
  }
  return elide(`${forms[noun.gender]} ${body}`);
}

/** With its pronoun and, reflexive or not, in the tense asked for; « not » brings « ne … pas » and the like. */
export function conjugate(verb: Verb, subject: Subject, tense: Tense, not?: string): string {
  const number = subject.plural ? 1 : 0;
  const compound = tense === 'pluperfect';
  const auxiliary = verbNamed(verb.withEtre ? 'être' : 'avoir');
  const finite = compound ? auxiliary.imperfect[number] : verb[tense][number];
  const participle = verb.withEtre ? agree(verb.participle, subject.gender, subject.plural) : verb.participle;
  return [not && 'ne', verb.reflexive && 'se', finite, not, compound && participle].filter(Boolean).join(' ');
}

export const infinitiveOf = (verb: Verb) => (verb.reflexive ? `se ${verb.infinitive}` : verb.infinitive);

/** Somebody, by name, by title or by trade; with the pronoun that may follow. */
export function somebody(random: Random): Subject {
  const female = random.chance(0.5);
  const gender = female ? 'f' : 'm';
  const pronoun = female ? 'elle' : 'il';
  const roll = random.next();
  if (roll < 0.35) return { text: female ? random.pick(WOMEN) : random.pick(MEN), pronoun, gender, plural: false };
  if (roll < 0.55) {
    const title = female ? random.pick(['Mme', 'Mlle']) : 'M.';
    return { text: `${title}\u00a0${random.pick(FAMILIES)}`, pronoun, gender, plural: false };
  }
  const adjective = random.chance(0.4) ? random.pick(TEMPERS) : undefined;
  if (roll < 0.88) {
    const noun = random.pick(PEOPLE);
    const text = nounPhrase(noun, random.chance(0.8) ? 'definite' : 'indefinite', { ...(adjective && { adjective }) });
    return { text, pronoun: noun.gender === 'f' ? 'elle' : 'il', gender: noun.gender, plural: false };
  }
  const noun = random.pick(GROUPS);
  const text = nounPhrase(noun, 'definite', { plural: true, ...(adjective && { adjective }) });
  return { text, pronoun: noun.gender === 'f' ? 'elles' : 'ils', gender: noun.gender, plural: true };
}

export const byPronoun = (subject: Subject): Subject => ({ ...subject, text: subject.pronoun });

export function place(random: Random, article: Article = 'definite'): string {
  return nounPhrase(random.pick(PLACES), article);
}

/** « vers la cour », « dans le grenier », « près du moulin ». */
export function somewhere(random: Random): string {
  const noun = random.pick(PLACES);
  const phrase = nounPhrase(noun, 'definite');
  if (INDOORS.has(noun.word) && random.chance(0.6)) return `dans ${phrase}`;
  const preposition = random.pick(['devant', 'derrière', 'près de', 'loin de', 'au bout de', 'à l’entrée de']);
  return preposition.endsWith(' de') ? `${preposition.slice(0, -3)} ${of(phrase)}` : `${preposition} ${phrase}`;
}
