import type { VerbUse } from '@/lib/french/clauses';
import { isNominalForm } from '@/lib/french/nominal-lexicon';
import { isImpersonal, isNameBeforeVerb, ownSubject } from '@/lib/french/own-subject';
import { nounSubject } from '@/lib/french/subject';
import { isBeOrHave, type Word } from '@/lib/french/tagged-word';
import { TENSE } from '@/lib/french/verb-lexicon';
import { isInAside } from './asides';
import { type Clause, spokenVerbs } from './clause';
import { isUnfinished, STRONG } from './unfinished';

const COORDINATORS = /^(?:et|ou|mais|ni|car|or|donc|puis)$/u;
const isOpener = (word: Word | undefined): boolean => word?.tag === 'subordinator' || word?.tag === 'relative';

/** Past the marks and conjunctions that may open a sentence. */
function afterLeads(words: Word[]): number {
  const at = words.findIndex(({ isWord, form }) => isWord && !COORDINATORS.test(form));
  return at === -1 ? words.length : at;
}

const NEVER_FIRST = /^(?:dont|tant|tellement|puisqu(?:e|')|duquel|auquel|lequel|laquelle|lesquels|lesquelles|sinon)$/u;
const BEFORE_THAT = /^(?:tandis|parce|bien|sorte|afin|quoiqu(?:e|')|pour|sans|avant|dès|jusque|façon)$/u;
const OPENS_THAT = /^(?:ainsi|aussitôt|depuis|pendant|alors)$/u;

/** « Si bien que », « Tandis que », « Lorsque »…: what opens a clause that depends on another. */
function opensDependent(words: Word[], from: number): boolean {
  const [first, second, third] = words.slice(from, from + 3);
  if (first === undefined) return false;
  if (second?.tag === 'punctuation' && second.text !== ',') return false;
  if (isOpener(first) || /^(?:si|comme|quand|comment|pourquoi|combien|quoiqu(?:e|')|quoique)$/u.test(first.form))
    return true;
  if ((BEFORE_THAT.test(first.form) || OPENS_THAT.test(first.form)) && /^qu(?:e|')$/u.test(second?.form ?? ''))
    return true;
  return /^qu(?:e|')$/u.test(third?.form ?? '') && BEFORE_THAT.test(second?.form ?? '');
}

/** « Quand vint le soir, elle se leva » stands; « Comme il ne parlait plus, ne bougeait plus » does not. */
function followedByMain({ words, verbs }: Clause, from: number): boolean {
  const main = verbs.find(({ role }) => role === 'main');
  const dependent = verbs.findLast(({ at, role }) => main && at < main.at && role !== 'incise');
  const last = dependent?.at ?? from;
  const comma = words.findIndex(({ text }, i) => i > last && text === ',');
  // « Quand viens-tu », « Que faire »
  if (words[(main?.at ?? 0) + 1]?.tag === 'enclitic' && dependent === undefined) return true;
  if (main === undefined || comma === -1 || comma > main.from) return false;
  // « Comme il avait faim, mangeait mal »: still the first clause
  const hasSubject =
    words.slice(main.from, main.at + 2).some(({ tag }) => /^(?:subject|enclitic|presentative)$/u.test(tag)) ||
    nounSubject(words, comma + 1, main.from) !== undefined;
  return dependent !== undefined && hasSubject && ownSubject(words, main, comma + 1) !== undefined;
}

/** « Les chevaux, et ils trottaient », « Chauffée au gaz, car il… »: the clause before the conjunction is missing. */
function lacksClauseBefore({ words }: Clause, from: number, main: number): boolean {
  return words.slice(from, main).some(({ form, tag }, i) => {
    if (tag !== 'coordinator') return false;
    if (form === 'car' || form === 'or') return true;
    // « Oui, mais il dort »
    if (form === 'mais' && /^(?:oui|non|certes|volontiers)$/u.test(words[from]?.form ?? '')) return false;
    const next = words[from + i + 1];
    return next?.tag === 'subject' || (words[from + i - 1]?.text === ',' && next?.tag === 'clitic');
  });
}

const ENDS_OPEN =
  /^(?:où|que|qu'|qui|dont|quand|lorsque|comme|si|comment|pourquoi|combien|parce|tandis|jusque|jusqu'|d'|l'|n'|j'|s'|m'|t'|c'|très|trop|quelque|chaque|[cdjlmnst]|quel|quelle)$/u;
const THAN =
  /^(?:plus|moins|aussi|autant|même|mêmes|autre|autres|mieux|pire|plutôt|ainsi|tel|telle|tels|telles|ne|n'|davantage)$/u;
const THAN_REACH = 8;

/** « si bien que le lingot », « le jour où ses frères »: a clause is announced, its verb is missing. */
function endsInsideClause({ words, verbs }: Clause): boolean {
  const last = words.findLast(({ isWord }) => isWord);
  if (last !== undefined && (ENDS_OPEN.test(last.form) || last.tag === 'coordinator' || last.tag === 'subject'))
    return true;
  const lastVerb = verbs.at(-1)?.at ?? -1;
  const opener = words.findLastIndex((word, i) => i > lastVerb && isOpener(word));
  const opens = words[opener];
  if (opens === undefined || words.slice(opener).some(({ tag }) => tag === 'infinitive')) return false;
  if (/^(?:dont|s[i'])$/u.test(opens.form)) return true;
  if (/^(?:qui|où|lorsqu(?:e|')|puisqu(?:e|')|quand)$/u.test(opens.form)) return words[opener - 1]?.text !== ',';
  if (words[opener + 1]?.text === ',') return true;
  if (opens.form !== 'que' && opens.form !== "qu'") return false;
  if (words[opener - 2]?.form === 'si' || BEFORE_THAT.test(words[opener - 1]?.form ?? '')) return true;
  // « une heure n’était pas passée, que l’homme »
  const isSetApart = words[opener - 1]?.text === ',' && words.some(({ form }) => form === 'pas' || form === 'point');
  return !words
    .slice(Math.max(0, opener - THAN_REACH), opener)
    .some(({ form }) => THAN.test(form) && !(isSetApart && /^n[e']$/u.test(form)));
}

/** What is left of « A ; B » once B has lost its verb. */
function endsInVerblessPart({ words, verbs, depth }: Clause): boolean {
  const mark = words.findLastIndex(({ text }, i) => text === ';' && depth[i] === 0);
  const first = words.findIndex(({ text }, i) => text === ';' && depth[i] === 0);
  const isVerbless = !verbs.some(({ at, role }) => at > mark && role !== 'dependent' && role !== 'incise');
  return mark > 0 && (isVerbless || !verbs.some(({ at }) => at < first));
}

/** « de jeune. De moqueur », « pour souffrir. Se battre, »: it goes on with a list. */
function opensWithInfinitive(words: Word[], from: number): boolean {
  let at = from;
  while (
    words[at]?.tag === 'clitic' ||
    (words[at]?.tag === 'determiner' && /^(?:l[ea]s?|l')$/u.test(words[at]?.form ?? ''))
  )
    at++;
  if (words[at]?.tag !== 'infinitive') return false;
  return words.slice(at).findIndex(({ text }) => text === ',') !== -1;
}

/** « il s’amuse, notre ami ! c’est un farceur »: who is called or meant belongs to what was said before. */
function opensWithCall({ words, verbs }: Clause): boolean {
  const mark = words.findIndex(({ text }) => /^[!?…]$/u.test(text));
  return mark > 0 && !verbs.some(({ at }) => at < mark);
}

const INTENSIFIERS = /^(?:si|tel|telle|tels|telles|tant|tellement)$/u;
const hasThat = (words: Word[]): boolean => words.some(({ form }) => /^qu(?:e|')$/u.test(form));

/** « si grand » on one side, « que… » on the other: the consequence belongs to its cause. */
function partsConsequence(left: Clause, right: Clause): boolean {
  const at = left.words.findLastIndex(
    ({ form, tag }, i) => INTENSIFIERS.test(form) && tag !== 'subordinator' && left.words[i + 1]?.form !== 'que',
  );
  const isOnly = left.words.findLastIndex(({ form }) => form === 'ne' || form === "n'");
  const waits = at !== -1 && !hasThat(left.words.slice(at));
  const next = right.words.findIndex(({ form, tag }) => INTENSIFIERS.test(form) && tag !== 'subordinator');
  if (waits && next !== -1 && hasThat(right.words.slice(next))) return true;
  const isFull = left.words.some(
    ({ tag, form }, i) => tag === 'negation' || (i > isOnly && /^(?:que|qu'|ni)$/u.test(form)),
  );
  const waitsForOnly = isOnly !== -1 && !isFull;
  if (!waits && !waitsForOnly) return false;
  return right.words.some(({ form }, i) => /^qu(?:e|')$/u.test(form) && right.words[i - 1]?.text === ',');
}

/** Whether no dash or bracket is left open; a dash that opens a reply is none. */
function isBalanced(words: Word[]): boolean {
  const count = (text: string) => words.filter((word, i) => i > 0 && word.text === text).length;
  const hyphens = words.filter(({ text, start }, i) => text === '-' && start > (words[i - 1]?.end ?? start)).length;
  const quotes = words.filter(({ text }) => text === '"').length;
  if (quotes % 2 !== 0) return false;
  return count('—') % 2 === 0 && count('–') % 2 === 0 && hyphens % 2 === 0 && count('(') === count(')');
}

/** Whether a quotation goes from the one into the other, or the right one says more than the quotation it begins with. */
function partsQuotation(left: Word[], right: Word[]): boolean {
  const opened = (words: Word[]) => words.filter(({ text }) => text === '«').length;
  const closed = (words: Word[]) => words.filter(({ text }) => text === '»').length;
  const saysMore = right[0]?.text === '«' && closed(right) > 0 && right.at(-1)?.text !== '»';
  // « « Viens », « je pars »: what closes the quotation is part of the frame
  if (left[0]?.text === '«' && closed(left) === 0 && closed(right) === 0) return opened(left) > 1 || opened(right) > 0;
  return opened(left) !== closed(left) || closed(right) > opened(right) || saysMore;
}

/** « moi : pars »: the pronoun belongs to what was said before. */
const opensWithPronoun = ({ words }: Clause): boolean =>
  STRONG.test(words[0]?.form ?? '') && words[1]?.tag === 'punctuation' && words[1]?.text !== ',';

/** « Eussiez-vous son bras »: it sets a condition. */
const isInvertedCondition = ({ words, verbs }: Clause): boolean => {
  const main = verbs.find(({ role }) => role === 'main');
  const verb = words[main?.at ?? -1]?.verb;
  return (
    words[(main?.at ?? -1) + 1]?.tag === 'enclitic' && verb !== undefined && (verb.tenses & TENSE.pastSubjunctive) !== 0
  );
};

const CALLS = /^(?:tenez|tiens|voyons|allons|va|allez|écoutez|écoute|dites|dis|voyez|vois|attends|attendez)$/u;

/** « Voyons, entre nous »: it says no more than « ah » does. */
const isCall = (words: Word[], { at, from }: VerbUse): boolean =>
  at === from && CALLS.test(words[at]?.form ?? '') && words[at + 1]?.text === ',';

const isPhraseStart = (word: Word | undefined): boolean => word?.tag === 'determiner' || word?.tag === 'name';

/** « …, les femmes, les hommes criaient »: the subjects of one verb. */
function partsSubjects({ words }: Clause, right: Clause): boolean {
  const comma = words.findLastIndex(({ text }) => text === ',');
  const next = right.words.find(({ isWord }) => isWord);
  // « …, ce ciel gris, dont la couleur… » → « Sa couleur »
  const isOwned = /^(?:son|sa|ses|leurs?)$/u.test(next?.form ?? '') || next?.form === words.at(-1)?.form;
  if (comma === -1 || isOwned || !isPhraseStart(words[comma + 1]) || !isPhraseStart(next)) return false;
  return words.slice(comma + 1).every(({ tag }) => /^(?:determiner|name|other)$/u.test(tag));
}

/** « ce je ne sais quoi » */
const isSomething = (words: Word[], { at }: VerbUse): boolean =>
  words[at]?.form === 'sais' && /^(?:quoi|quel|quelle|qui|où)$/u.test(words[at + 1]?.form ?? '');

/** « La courte angoisse de la nuit »: a noun, though it also spells a verb. */
const mayBeNoun = (words: Word[], { at, from }: VerbUse): boolean =>
  at === from &&
  words[at - 1]?.tag === 'other' &&
  words[at - 2]?.tag === 'determiner' &&
  /^(?:de|d'|du|des)$/u.test(words[at + 1]?.form ?? '') &&
  isNominalForm(words[at]?.form ?? '');

/** « elle jouait seule, et se consolant vite »: what it goes on with stands elsewhere. */
const joinsParticiple = ({ words }: Clause): boolean => {
  // « et déposant la lampe »: a noun as well
  const first = words.findIndex(
    ({ tag, verb }, i) =>
      tag === 'present-participle' || (verb?.isPresentParticiple === true && words[i - 1]?.tag === 'coordinator'),
  );
  let at = first - 1;
  while (words[at]?.tag === 'clitic') at--;
  return at > 0 && words[at]?.tag === 'coordinator';
};

/** « Une branche ayant cassé et atteint le toit »: no verb but those that « ayant » governs. */
function isAbsolute({ words }: Clause, { at }: VerbUse): boolean {
  const participle = words.findLastIndex(({ form }, i) => i < at && /^(?:ayant|étant)$/u.test(form));
  return participle > 0 && words.slice(participle, at).every(({ text }) => text !== ',');
}

/** « Saisis d’une même peur »: a participle rather than an order. */
const opensWithParticiple = (words: Word[], { at }: VerbUse, from: number): boolean =>
  at === from && words[at]?.verb?.isPastParticiple === true;

function standsAlone(part: Clause): boolean {
  const { words, verbs } = part;
  const lead = afterLeads(words);
  const from = CALLS.test(words[lead]?.form ?? '') && words[lead + 1]?.text === ',' ? lead + 2 : lead;
  const mains = spokenVerbs(part).filter(
    (use) => use.role === 'main' && !isInAside(part, use) && !isCall(words, use) && !isSomething(words, use),
  );
  const [first, second] = mains;
  const main = second && first?.at === from && isNameBeforeVerb(words, from, second) ? second : first;
  if (
    main === undefined ||
    isAbsolute(part, main) ||
    opensWithParticiple(words, main, from) ||
    mayBeNoun(words, main) ||
    NEVER_FIRST.test(words[from]?.form ?? '')
  )
    return false;
  if (endsInsideClause(part) || endsInVerblessPart(part) || opensWithInfinitive(words, from)) return false;
  if (isImpersonal(words, main) === 'misused' || lacksClauseBefore(part, from, main.from)) return false;
  if (opensDependent(words, from) && verbs.length > 0) return followedByMain(part, from);
  return ownSubject(words, main, from) !== undefined;
}

/** « …, ce qui gâtait tout », « ; tandis que l’autre riait »: it speaks of all that was said. */
const commentsOn = ({ words }: Clause): boolean =>
  (isOpener(words[1]) && /^(?:ce|tandis|parce)$/u.test(words[0]?.form ?? '')) ||
  (words[0]?.form === "d'" && words[1]?.form === 'autant');

const NARRATIVE = TENSE.past | TENSE.imperfect;

/** « Sa rage, cette longue bataille, » of what is told in the past: what looks like a verb in the present is a noun. */
function hasOnlyNoun(part: Clause, other: Clause): boolean {
  const mainOf = (one: Clause) => spokenVerbs(one).find(({ role }) => role === 'main');
  const tensesOf = ({ words }: Clause, use: VerbUse | undefined) => words[use?.at ?? -1]?.verb?.tenses ?? 0;
  const [main, told] = [mainOf(part), tensesOf(other, mainOf(other))];
  const word = part.words[main?.at ?? -1];
  if (
    main === undefined ||
    main.at !== main.from ||
    word?.tag !== 'verb' ||
    isBeOrHave(word.verb) ||
    !isNominalForm(word.form)
  )
    return false;
  const after = part.words[main.at + 1];
  if (after?.tag === 'determiner' && !/^(?:aux?|du|des)$/u.test(after.form)) return false;
  return (told & NARRATIVE) !== 0 && (told & TENSE.present) === 0 && (tensesOf(part, main) & NARRATIVE) === 0;
}

/** Whether each of two parts of a sentence is one by itself, nothing that belongs together being torn apart. */
export const bothStand = (left: Clause, right: Clause): boolean =>
  [left, right].every((part) => isBalanced(part.words) && standsAlone(part)) &&
  !partsQuotation(left.words, right.words) &&
  !commentsOn(right) &&
  !isUnfinished(left) &&
  !opensWithPronoun(right) &&
  !isInvertedCondition(right) &&
  !hasOnlyNoun(left, right) &&
  !hasOnlyNoun(right, left) &&
  !joinsParticiple(left) &&
  !joinsParticiple(right) &&
  !opensWithCall(right) &&
  !partsConsequence(left, right) &&
  !partsSubjects(left, right);
