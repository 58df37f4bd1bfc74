import type { VerbUse } from '@/lib/french/clauses';
import { ADJECTIVES_BEFORE_NOUN } from '@/lib/french/function-words';
import { genderOf } from '@/lib/french/gender';
import { isContracted, type NounPhrase, nounPhraseBefore } from '@/lib/french/noun-phrase';
import { agrees } from '@/lib/french/subject';
import type { Word } from '@/lib/french/tagged-word';
import { type Clause, type Splitter, spokenVerbs, textBefore, textFrom, withSubject } from './clause';
import { beforeComma, closingOpeners } from './dependent-clauses';

const DEMONSTRATIVES: Record<string, string> = { masculine: 'celui-ci', feminine: 'celle-ci' };
const PLURAL_DEMONSTRATIVES: Record<string, string> = { masculine: 'ceux-ci', feminine: 'celles-ci' };

/** « Il y en avait un, à Lyon, qui… »; « des voisins venaient, Luc qui… »; « sept cents hommes, qui… » */
const isPlaceOrNumber = (words: Word[], { from, to, isName }: NounPhrase): boolean =>
  isName
    ? /^(?:à|en|de|d'|,)$/u.test(words[from - 1]?.form ?? '')
    : words.slice(from, to).some(({ form }) => /^(?:cents?|mille|vingts?|\d+)$/u.test(form));

/** How to speak of the noun just named; undefined when that cannot be told. */
function nameAgain(clause: Clause, phrase: NounPhrase): string | undefined {
  const { words } = clause;
  const text = words.slice(phrase.from, phrase.to).map((word) => word.text);
  const asWritten = clause.text.slice(words[phrase.from]?.start, words[phrase.to - 1]?.end);
  if ((phrase.isName && words[phrase.from]?.tag !== 'name') || isPlaceOrNumber(words, phrase)) return undefined;
  // « la veuve Chupin »: the name alone would be another's
  const title = words[phrase.from - 1];
  const article = words[phrase.from - 2];
  const isTitled = phrase.isName && title?.tag === 'other';
  if (isTitled && article?.tag !== 'determiner') return undefined;
  if (isTitled) return DEMONSTRATIVES[genderOf(article?.form, title?.form ?? '') ?? ''];
  if (phrase.isName) return asWritten;
  // « une robe de chambre tout ouverte »
  if (text[0] === 'tout' || text.some((word) => /^autres?$/u.test(word))) return undefined;
  if (phrase.gender !== undefined) return (phrase.isPlural ? PLURAL_DEMONSTRATIVES : DEMONSTRATIVES)[phrase.gender];
  if (!phrase.isPlural || words[phrase.from + 1]?.tag === 'determiner') return undefined;
  return `ces ${text.slice(1).join(' ')}`;
}

/** « près de Paul » is one preposition. */
const NEAR = /^(?:près|auprès|loin|autour|côté|hors|face)$/u;

/** « la porte du fond, qui… » may speak of either noun; « le cri des gardes, qui dormaient » only of those. */
function isAmbiguous({ words }: Clause, phrase: NounPhrase, verb: VerbUse | undefined): boolean {
  const before = words[phrase.from - 1];
  const owner = nounPhraseBefore(words, words[phrase.from]?.form === 'des' ? phrase.from : phrase.from - 1);
  const isOther = owner !== undefined && owner.isPlural !== phrase.isPlural && !owner.isName;
  if (
    isOther &&
    (phrase.isPlural || verb !== undefined) &&
    !isContracted(words, phrase) &&
    before?.form !== 'et' &&
    !agrees(owner, words[verb?.at ?? -1])
  )
    return false;
  return (
    (/^(?:de|d')$/u.test(before?.form ?? '') && !NEAR.test(words[phrase.from - 2]?.form ?? '')) ||
    before?.form === 'et' ||
    before?.form === 'ni' ||
    before?.verb?.isPresentParticiple ||
    // « un joli brun, la moustache fine, qui… »
    (before?.text === ',' && /^l(?:e|a|es|')$/u.test(words[phrase.from]?.form ?? '')) ||
    // « des hommes vieillis dans le travail, dont… »
    (before?.tag === 'preposition' && words[phrase.from - 2]?.tag === 'past-participle') ||
    (words[phrase.from]?.form === 'des' && /^(?:other|name)$/u.test(before?.tag ?? '')) ||
    isContracted(words, phrase)
  );
}

/** « Il n’y a pas un homme qui sache », « C’est un homme qui sait »: the relative clause is what is said. */
const isNegatedOrCleft = ({ words }: Clause, at: number): boolean =>
  words
    .slice(0, at)
    .some(({ form }) =>
      /^(?:ne|n'|c'|ce|comme|sans|si|plus|seul|seule|premier|première|tout|toute|tous|toutes|chaque)$/u.test(form),
    ) || ADJECTIVES_BEFORE_NOUN.has(words[at - 1]?.form ?? '');

/** The noun that the relative clause at `at` speaks of, when the sentence also says something without that clause. */
function antecedent(clause: Clause, at: number): NounPhrase | undefined {
  const { words } = clause;
  const isSubject = words[at]?.form === 'qui';
  const hasComma = words[at - 1]?.text === ',';
  const phrase = nounPhraseBefore(words, hasComma ? at - 1 : at);
  if (phrase === undefined || isAmbiguous(clause, phrase, isSubject ? verbAfter(clause, at) : undefined))
    return undefined;
  // Without a comma it says which one is meant; a name needs no telling
  if (!hasComma && (!phrase.isName || isNegatedOrCleft(clause, at))) return undefined;
  return isSaidOn(clause, at) ? undefined : phrase;
}

/** « dit Paul, qui riait, viens », « dit Paul, qui riait, puisque tu viens »: speech may go on after the relative clause. */
function isSaidOn(clause: Clause, at: number): boolean {
  const { words, verbs } = clause;
  if (verbs.findLast((use) => use.at < at)?.role !== 'incise') return false;
  const rest = words.slice(at);
  return (
    words[at]?.form !== 'qui' ||
    spokenVerbs(clause).some((use) => use.at > at && use.role !== 'dependent') ||
    rest.some(({ text }, i) => text === ',' && /^(?:subordinator|coordinator)$/u.test(rest[i + 1]?.tag ?? '')) ||
    rest.some(({ text }) => /^[?!;:—…]$/u.test(text))
  );
}

const verbAfter = (clause: Clause, at: number): VerbUse | undefined => spokenVerbs(clause).find((use) => use.at > at);

/** « … un chien, qui dormait » → « Celui-ci dormait » */
export const splitRelative: Splitter = (clause) =>
  closingOpeners(clause, /^qui$/u).flatMap((at) => {
    const verb = verbAfter(clause, at);
    const phrase = antecedent(clause, at);
    if (verb === undefined || phrase === undefined || !agrees(phrase, clause.words[verb.at])) return [];
    // « Doit-on aimer des gens, qui mentent »: all of it is asked
    if (clause.words.slice(0, at).some(({ tag }) => tag === 'enclitic')) return [];
    const subject = nameAgain(clause, phrase);
    if (subject === undefined) return [];
    const left = textBefore(clause, beforeComma(clause, at));
    return [{ left, right: withSubject(subject, textFrom(clause, at + 1)), rank: 5 }];
  });

const PLACES = new Set(
  (
    'maison chambre salle salon cuisine cave grenier grange étable écurie cour jardin parc rue ruelle place route chemin sentier allée avenue ' +
    'boulevard quai pont port gare sommet creux trou gouffre table banc fauteuil divan canapé voiture wagon train barque fiacre ' +
    'ciel horizon fosse bâtiment baraque clocher estrade capitale campagne océan église chapelle cimetière village ville bourg bourgade hameau faubourg quartier pays contrée province région ' +
    'île forêt bois clairière champ pré prairie plaine vallée vallon montagne colline plage côte rivage rivière fleuve lac étang ruisseau mer ' +
    'bateau navire cabinet bureau boutique magasin auberge hôtel café cabaret restaurant théâtre école lycée collège couvent prison caserne ' +
    'palais château tour ferme moulin atelier usine fabrique antichambre vestibule couloir corridor escalier étage balcon terrasse galerie ' +
    'carrefour cabane hutte tente camp caverne grotte tunnel mine puits foyer âtre cheminée lit tribunal mairie hôpital bibliothèque chapelle ' +
    'appartement logis logement demeure villa pavillon hangar jardinet verger potager désert steppe marais canal bassin square promenade marché'
  ).split(' '),
);

const singular = (form: string): string => form.replace(/(?<=eau)x$|s$/u, '');

/** Whether the words right before `end` name a place: « le silence de la maison vide », « à Rouen »; « un temps » is none. */
function isPlace({ words }: Clause, end: number): boolean {
  const opener = words.findLastIndex(({ tag }, i) => i < end && /^(?:verb|punctuation|infinitive)$/u.test(tag));
  const near = words.slice(opener + 1, end);
  return near.some(
    ({ form, tag }, i) =>
      PLACES.has(form) ||
      PLACES.has(singular(form)) ||
      (tag === 'name' &&
        i === near.length - 1 &&
        (/^(?:à|en|au|vers)$/u.test(near[i - 1]?.form ?? '') ||
          (near[i - 1]?.form === 'la' && near[i - 2]?.form === 'à'))),
  );
}

/** « …, où l’eau dormait » → « Là, l’eau dormait »; « d’où » → « De là, » */
export const splitWhere: Splitter = (clause) =>
  closingOpeners(clause, /^où$/u).flatMap((at) => {
    const { words } = clause;
    const isFrom = words[at - 1]?.form === "d'";
    const comma = isFrom ? at - 2 : at - 1;
    if (words[comma]?.text !== ',' || !isPlace(clause, comma)) return [];
    // « On sait que la source est là, d’où… »: who says so would be lost
    if (spokenVerbs(clause).findLast((use) => use.at < at)?.role !== 'main') return [];
    const isInverted = words[/^s[e']$/u.test(words[at + 1]?.form ?? '') ? at + 2 : at + 1]?.tag === 'verb';
    const lead = (isFrom ? 'de là' : 'là') + (isInverted ? '' : ',');
    return [{ left: textBefore(clause, comma), right: `${lead} ${textFrom(clause, at + 1)}`, rank: 5 }];
  });
