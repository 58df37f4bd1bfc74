import { isTitle } from './noun-phrase';
import { isBeOrHave, type Word } from './tagged-word';

/**
 * Where a finite verb stands. `open`: its place is not certain, as after a dependent clause that may go on
 * (« Il dit que l’eau monte et elle a peur »).
 */
type VerbRole = 'main' | 'dependent' | 'open' | 'incise';

export interface VerbUse {
  /** Index of the verb among the words. */
  at: number;
  /** Index of the first of the pronouns bound to it from before: subject, object, « ne ». */
  from: number;
  role: VerbRole;
}

export const SPEECH = new Set(
  (
    'dire répondre crier murmurer demander reprendre ajouter répéter faire écrier penser continuer déclarer répliquer balbutier ' +
    'soupirer songer interrompre observer conclure poursuivre expliquer affirmer avouer bégayer hurler grogner riposter repartir exclamer ' +
    'protester gémir insister objecter ricaner sangloter supplier écrier chuchoter souffler gronder articuler prononcer ordonner ' +
    'proposer rectifier hasarder approuver questionner interroger jurer beugler brailler glapir rugir plaisanter clamer maugréer geindre rétorquer marmonner grommeler bredouiller implorer annoncer constater'
  ).split(' '),
);
const COMPARISON =
  /^(?:plus|moins|aussi|autant|si|tel|telle|tels|telles|autre|autres|même|mêmes|ainsi|plutôt|mieux|pire|tant|davantage)$/u;
const COMPARISON_REACH = 8;

/** How many brackets and guillemets are open at each word; a pair around the whole sentence does not count. */
export function depths(words: Word[]): number[] {
  let depth = 0;
  const dashes = words.flatMap(({ text, start }, i) =>
    i > 0 && (/^[—–]$/u.test(text) || (text === '-' && start > (words[i - 1]?.end ?? 0))) ? [i] : [],
  );
  const isSetApart = (i: number) => dashes.length % 2 === 0 && dashes.filter((dash) => dash < i).length % 2 === 1;
  return words.map(({ text }, i) => {
    if (isSetApart(i)) return depth + 1;
    if (text === '(' || text === '[' || (text === '«' && i > 0 && words[i - 1]?.text !== '—')) depth++;
    else if ((text === ')' || text === ']' || text === '»') && depth > 0) return depth--;
    return depth;
  });
}

/** Whether one speaks in the verb at `at`: « dit », « avait dit ». */
function speaks(words: Word[], at: number): boolean {
  const said = isBeOrHave(words[at]?.verb) && words[at + 1]?.tag === 'past-participle' ? at + 1 : at;
  return words[said]?.verb?.lemmas.some((lemma) => SPEECH.has(lemma)) ?? false;
}

/** « dit Paul », « répondit celui-ci », « cria la foule »: who speaks. */
const isSpeaker = (word: Word | undefined): boolean =>
  word?.tag === 'name' || isTitle(word) || /^c(?:elui|elle|eux|elles)-(?:ci|là)$/u.test(word?.form ?? '');

function isIncise(words: Word[], at: number): boolean {
  const before = words.slice(0, at).findLast(({ tag }) => tag !== 'clitic');
  const next = words[at + 1];
  const isCompound = next?.tag === 'past-participle' && isBeOrHave(words[at]?.verb);
  const from = isCompound ? at + 2 : at + 1;
  const named = words.slice(from).find(({ tag, form }) => tag !== 'adverb' && !/..ment$/u.test(form));
  if (before === undefined || !/^[,!?…»—]$/u.test(before.text) || next === undefined) return false;
  if (words[at - 1] !== before && words[at - 1]?.tag !== 'clitic') return false;
  if (/^-(?:t-)?(?:je|il|elle|on|ils|elles|nous)$/u.test(next.form)) return true;
  if (!speaks(words, at)) return false;
  const title = words[named === undefined ? -1 : words.indexOf(named) + 1];
  if (named?.tag !== 'determiner' || isCompound) return isSpeaker(named) || (isCompound && isTitle(title));
  // « jurait l’avoir vu »
  if (title?.tag === 'infinitive') return false;
  // « … ; puis, à travers la vitre, faisait un signe »
  const isDone = words[at]?.verb?.lemmas.includes('faire') && before.text === ',';
  return !isDone && !words.slice(at + 1).some(({ text }) => text === '»');
}

/** « plus grand que lui », « ne… que lui », « comme un roi »: no clause follows. */
function isComparison(words: Word[], at: number): boolean {
  const form = words[at]?.form;
  if (form === 'comme') return words[at + 1]?.text !== ',';
  // « si bas, que… » announces a clause
  if ((form !== 'que' && form !== "qu'") || words[at - 1]?.text === ',' || words[at + 1]?.text === ',') return false;
  // « qu’égaré par le charme, il… » opens a clause, whatever it is compared with
  if (words[at + 1]?.tag === 'past-participle' || words[at - 1]?.form === 'fois') return false;
  const near = words.slice(Math.max(0, at - COMPARISON_REACH), at);
  const ne = near.findLastIndex((word) => word.form === 'ne' || word.form === "n'");
  const isOnly = ne !== -1 && !near.slice(ne).some(({ tag }) => tag === 'negation');
  return isOnly || near.some((word) => COMPARISON.test(word.form));
}

function opensDependent(words: Word[], at: number, isAsked: boolean): boolean {
  const word = words[at];
  const isOpener =
    word?.tag === 'subordinator' || word?.tag === 'relative' || /^(?:quel(?:le)?s?|comment)$/u.test(word?.form ?? '');
  if (!isOpener) return false;
  const before = words[at - 1];
  // « est-ce que », « Quand viens-tu ? », « Que fait-il ? »
  if (before?.form === '-ce') return false;
  // « …; mais pourquoi vient-il ? »
  const isInverted = words[at + 2]?.tag === 'enclitic';
  const start = isInverted ? words.findLastIndex(({ text }, i) => i < at && /^[;:!?…]$/u.test(text)) + 1 : 0;
  const isFirst = words
    .slice(start, at)
    .every(({ tag }) => tag === 'punctuation' || tag === 'coordinator' || tag === 'preposition');
  return !(isFirst && (isAsked || isInverted));
}

/** The word whose dependent clause still waits for its verb once the word at `at` is read. */
function openerAfter(words: Word[], at: number, opener: number | undefined, isAsked: boolean): number | undefined {
  if (opensDependent(words, at, isAsked)) {
    // A comparison inside such a clause does not end it: « tandis que, grave ainsi qu’un juge, il… »
    return opener !== undefined && isComparison(words, at) ? opener : at;
  }
  const word = words[at];
  if (opener === undefined || (word?.tag !== 'punctuation' && word?.tag !== 'coordinator')) return opener;
  // « comme Luc et Paul passaient »
  const joinsNames = words[at - 1]?.tag === 'name' && words[at + 1]?.tag === 'name';
  const isOver = /^[;:]$/u.test(word.text) || (isComparison(words, opener) && at - opener > 1 && !joinsNames);
  return isOver ? undefined : opener;
}

/** « qu’il dit que si tu viens, il part »: « que » and « si » each have a verb; « comme si » has one. */
const opensTwice = (words: Word[], at: number): boolean =>
  /^qu(?:e|')$/u.test(words[at - 1]?.form ?? '') &&
  words[at]?.tag === 'subordinator' &&
  !/^qu(?:e|')$/u.test(words[at]?.form ?? '');

/** The finite verbs outside brackets and quotations, in order. */
export function findVerbs(words: Word[]): VerbUse[] {
  const depth = depths(words);
  const isAsked = words.some(({ text }, i) => (text === '?' || text === '!') && depth[i] === 0);
  const uses: VerbUse[] = [];
  // « si l’homme qui parle est là »: « si » still waits when « qui » has its verb
  const openers: number[] = [];
  let border = 0;
  words.forEach((word, i) => {
    if (depth[i] !== 0) return;
    const waiting = openers.at(-1);
    const opener = openerAfter(words, i, waiting, isAsked);
    if (opener === undefined || (opener !== waiting && waiting === i - 1 && !opensTwice(words, i))) openers.pop();
    if (/^[;:]$/u.test(word.text)) openers.length = 0;
    if (opener === i) openers.push(i);
    if (word.tag === 'punctuation' || word.tag === 'coordinator') border = i;
    if (word.tag !== 'verb' && word.tag !== 'presentative') return;
    const role = roleOf(words, uses, i, opener, border);
    uses.push({ at: i, from: chainStart(words, i), role });
    if (role !== 'incise') openers.pop();
  });
  return uses;
}

function roleOf(words: Word[], uses: VerbUse[], at: number, opener: number | undefined, border: number): VerbRole {
  if (isIncise(words, at)) return 'incise';
  if (opener !== undefined) return 'dependent';
  const last = uses.findLast(({ role }) => role !== 'incise');
  if (last === undefined || last.role === 'main') return 'main';
  const isAfterBorder = border > last.at;
  if (/^[;:]$/u.test(words[border]?.text ?? '') && isAfterBorder) return 'main';
  const hasMain = uses.some(({ role }) => role === 'main');
  if (!isAfterBorder) return hasMain ? 'open' : 'main';
  if (hasMain) return 'open';
  const isJoined = words[border]?.tag === 'coordinator' && words[border - 1]?.text !== ',';
  // « Quand il pleut, les bois et les prés luisent »
  const joinsNouns =
    words.slice(last.at, border).some(({ text }) => text === ',') && words[border + 1]?.tag === 'determiner';
  return isJoined && !joinsNouns ? 'dependent' : 'main';
}

function chainStart(words: Word[], at: number): number {
  let from = at;
  while (words[from - 1]?.tag === 'clitic' || words[from - 1]?.tag === 'subject') from--;
  return from;
}

/** « et que », « ou sur lequel » go on with a clause that the words do not hold; so does « qui » at their head. */
function continuesNothing(words: Word[]): boolean {
  const isOpener = ({ tag }: Word) => tag === 'subordinator' || tag === 'relative';
  const isJoined = (i: number) => i > 0 && /^(?:et|ou|mais|ni)$/u.test(words[i - 1]?.form ?? '');
  const relative = words.findIndex(({ tag }) => tag === 'relative');
  const opener = words.findIndex(isOpener);
  const afterPreposition = words[opener - 1]?.tag === 'preposition' && isJoined(opener - 1);
  const asks = words.some(({ text }) => text === '?');
  return (
    afterPreposition ||
    (isJoined(opener) && /^(?:que|qu')$/u.test(words[opener]?.form ?? '')) ||
    (isJoined(relative) && /^(?:qui|dont|où)$/u.test(words[relative]?.form ?? '')) ||
    (words[0]?.form === 'qui' && !asks)
  );
}

/** « il savait que », « il vit la »: something must follow. */
const LEAVES_OPEN =
  /^(?:que|qu'|qui|dont|de|d'|à|dans|sur|pour|par|en|le|la|les|l'|une?|des|du|aux?|ce|cette|ces|mon|ma|mes|son|sa|ses|leurs?|et|ou|mais|ni|car|ne|n'|se|s'|je|j'|il|ils)$/u;
const endsOpen = (words: Word[]): boolean => {
  const last = words.findLast(({ isWord }) => isWord);
  return last !== undefined && last.tag !== 'other' && LEAVES_OPEN.test(last.form);
};

/** Whether the words hold a verb of their own that depends on nothing: what a sentence needs to stand. */
export const standsAlone = (words: Word[]): boolean => findVerbs(words).some(({ role }) => role === 'main');

/** « la nuit vint et, au milieu des cris »: the clause that the conjunction announces is missing. */
function announcesMore(words: Word[], verbs: VerbUse[]): boolean {
  const at = words.findLastIndex(({ tag }, i) => tag === 'coordinator' && words[i + 1]?.text === ',');
  return at > 0 && !verbs.some((use) => use.at > at && use.role !== 'dependent');
}

/** « il y a quelques années »: a date, not a clause. */
const SPAN = /^(?:ans?|années?|mois|semaines?|jours?|heures?|minutes?|instants?|temps|siècles?)$/u;
const isDate = (words: Word[], verbs: VerbUse[]): boolean => {
  const { at = -1 } = verbs.find(({ role }) => role === 'main') ?? {};
  return (
    words[at - 1]?.form === 'y' &&
    words[at]?.form === 'a' &&
    SPAN.test(words.findLast(({ isWord, form }) => isWord && !/^(?:de|cela|ça|environ|déjà)$/u.test(form))?.form ?? '')
  );
};

/** Whether, besides, nothing in them points to words that are not there. */
export const isComplete = (words: Word[], verbs: VerbUse[]): boolean =>
  verbs.some(({ role }) => role === 'main') &&
  !continuesNothing(words) &&
  !endsOpen(words) &&
  !announcesMore(words, verbs) &&
  !isDate(words, verbs);

/** Past the pronouns, participles and adverbs that belong to the verb at `at`. */
export function verbGroupEnd(words: Word[], at: number): number {
  let end = at + 1;
  const isAuxiliary = isBeOrHave(words[at]?.verb);
  for (;;) {
    const word = words[end];
    const belongs =
      word?.tag === 'enclitic' ||
      word?.tag === 'negation' ||
      (isAuxiliary && (word?.tag === 'past-participle' || word?.tag === 'adverb'));
    if (!belongs) return end;
    end++;
  }
}
