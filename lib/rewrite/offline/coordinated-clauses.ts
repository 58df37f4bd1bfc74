import { SPEECH, type VerbUse, verbGroupEnd } from '@/lib/french/clauses';
import { isNominalForm } from '@/lib/french/nominal-lexicon';
import { isTitle } from '@/lib/french/noun-phrase';
import { isImpersonal } from '@/lib/french/own-subject';
import { agrees, nounSubject, type Subject, subjectOf } from '@/lib/french/subject';
import { isBeOrHave, type Word } from '@/lib/french/tagged-word';
import { PERSON, TENSE } from '@/lib/french/verb-lexicon';
import { belongTogether, OF } from './belong-together';
import { type Border, borderAt } from './borders';
import { type Clause, type Split, spokenVerbs, textBefore, textFrom, withSubject } from './clause';

const RANKS: Record<string, number> = { ';': 0, ':': 1 };
/** Their subject likes to follow them: « puis vint le maire ». */
const OFTEN_INVERTED = new Set(
  (
    'venir arriver entrer paraître apparaître suivre passer commencer rester surgir sortir monter régner rouler naître être gésir pendre ' +
    'flotter briller luire trôner couler planer'
  ).split(' '),
);

const NEEDS_OBJECT = new Set(
  'trouver retrouver prendre mettre poser porter apporter tenir admirer aimer adorer saisir quitter examiner disposer ouvrir fermer refermer choisir garder pouvoir devoir vouloir'.split(
    ' ',
  ),
);

export const hasSubjectBefore = ({ words }: Clause, start: number, use: VerbUse): boolean =>
  words.slice(use.from, use.at).some(({ tag }) => tag === 'subject') ||
  nounSubject(words, start, use.from) !== undefined;

/** « ; un tapis fait de laine » after a clause in the past: no verb. */
function mayBeParticiple({ words }: Clause, main: VerbUse, next: VerbUse): boolean {
  const verb = words[next.at]?.verb;
  return verb?.isPastParticiple === true && (verb.tenses & (words[main.at]?.verb?.tenses ?? 0)) === 0;
}

const SUBJECT_PRONOUN =
  /^(?:cela|ça|ceci|rien|personne|tout|chacun|celui|celle|ceux|celles|certains|beaucoup|plusieurs|plupart)$/u;

/** « il », « cela », « d’autres », « tous deux », « voilà »: who acts is said without a noun, or need not be. */
function hasPronounSubject({ words }: Clause, { start }: Border, next: VerbUse): boolean {
  const [first, second] = words.slice(start, start + 2).map(({ form }) => form);
  const hasEnclitic = /^-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$/u.test(words[next.at + 1]?.form ?? '');
  return (
    hasEnclitic ||
    words[next.at]?.tag === 'presentative' ||
    words.slice(next.from, next.at).some(({ tag }) => tag === 'subject') ||
    (first === "d'" && /^(?:aucuns|autres)$/u.test(second ?? '')) ||
    (/^(?:aucune?|nul|nulle)$/u.test(first ?? '') && /^n[e']$/u.test(second ?? '')) ||
    // « les plus hardis »
    (words[start]?.tag === 'determiner' && /^(?:plus|moins)$/u.test(second ?? '') && next.from > start + 2) ||
    (/^tou(?:s|tes)$/u.test(first ?? '') && /^(?:deux|trois|quatre)$/u.test(second ?? '')) ||
    // « tout à coup » is none
    (SUBJECT_PRONOUN.test((first === 'la' ? second : first) ?? '') && second !== 'à')
  );
}

function hasOwnSubject(clause: Clause, border: Border, main: VerbUse, next: VerbUse): boolean {
  const { words } = clause;
  const { start, hasConjunction, mark } = border;
  const hasComma = words.slice(start, next.from).some(({ text }) => text === ',');
  if (hasPronounSubject(clause, border, next)) return true;
  if (!hasConjunction && mark === ',' && hasComma) return false;
  const phrase = nounSubject(words, start, next.from);
  if (phrase === undefined || mayBeParticiple(clause, main, next)) return false;
  // « …, et une autre, dans la main, la jeta »
  const isOther = words.slice(phrase.from, phrase.to).some(({ form }) => /^autres?$/u.test(form));
  if (hasConjunction && mark === ',' && isOther && words[phrase.to]?.text === ',') return false;
  const isJoined = words
    .slice(phrase.to, next.from)
    .some(({ form }) => form === 'et' || form === 'ou' || form === 'ni');
  // « il perdit son honneur et son charme et ceux… »: it may be an object as well
  if (mark === undefined && words[phrase.to]?.form === 'et') return false;
  // « les caisses chargées et la charrette partait »: the first noun has another verb
  return agrees(phrase, words[next.at]) || (isJoined && agrees({ ...phrase, isPlural: true }, words[next.at]));
}

/** The subject of the verb, its clause taken as short as it allows. */
export function findSubject(clause: Clause, use: VerbUse): Subject | undefined {
  const { words, verbs } = clause;
  const earlier = verbs.filter(({ at }) => at < use.at).reverse();
  for (const { at, role } of earlier) {
    const border = words.findIndex(
      ({ tag }, i) => i > at && i < use.from && (tag === 'punctuation' || tag === 'coordinator'),
    );
    const subject = border === -1 ? undefined : subjectOf(words, use, border + 1);
    if (subject !== undefined || role === 'main') return subject;
  }
  return subjectOf(words, use, 0);
}

const INTRANSITIVE = new Set(
  (
    'entrer rentrer ressortir sortir partir repartir venir revenir arriver aller tomber retomber accourir courir marcher sourire rire pleurer ' +
    'trembler hésiter pâlir rougir soupirer tousser insister dormir pénétrer disparaître apparaître reculer tressaillir frissonner obéir'
  ).split(' '),
);
const OBJECT = /^(?:le|la|les|l')$/u;
const pronounsOf = (words: Word[], { from, at }: VerbUse): string[] => words.slice(from, at).map(({ form }) => form);

const POSTURE = new Set(
  'lever relever asseoir rasseoir taire retourner tourner redresser arrêter rhabiller'.split(' '),
);
const REFLEXIVE = /^s[e']$/u;

/** « il sortit », « il se leva », « il la vit »: no object can follow. */
function takesNoObject(words: Word[], use: VerbUse, next: VerbUse): boolean {
  const verb = words[use.at]?.verb;
  const pronouns = pronounsOf(words, use);
  if (pronouns.some((form) => OBJECT.test(form))) return true;
  if (pronouns.some((form) => REFLEXIVE.test(form))) {
    const isSettled = verb?.lemmas.some((lemma) => POSTURE.has(lemma)) === true;
    return isSettled || !pronounsOf(words, next).some((form) => REFLEXIVE.test(form));
  }
  return ((verb?.tenses ?? 0) & TENSE.past) !== 0 && verb?.lemmas.every((lemma) => INTRANSITIVE.has(lemma)) === true;
}

/** An object or complement shared by both verbs would be lost: « Il ouvrit et ferma la porte. » */
function sharesObject({ words }: Clause, main: VerbUse, next: VerbUse, border: Border): boolean {
  if (takesNoObject(words, main, next) || pronounsOf(words, next).some((form) => OBJECT.test(form))) return false;
  const needsObject =
    words.slice(main.from, main.at).every(({ tag }) => tag === 'subject') &&
    words[main.at]?.verb?.lemmas.some((lemma) => NEEDS_OBJECT.has(lemma));
  const end = verbGroupEnd(words, main.at);
  const isBare = end >= border.end;
  // « Il dispose avec soin et range ses papiers »
  const isAlone = words.slice(end, border.end).every(({ tag }) => !/^(?:determiner|name|infinitive)$/u.test(tag));
  if (!isBare && !(needsObject && isAlone)) return false;
  if (border.mark !== undefined && !needsObject) return false;
  const after = words[verbGroupEnd(words, next.at)];
  return after !== undefined && after.tag !== 'punctuation';
}

/** « avait repris le docteur », « fit remarquer Paul »: who speaks follows. */
function isSaidBy({ words }: Clause, next: VerbUse): boolean {
  let end = verbGroupEnd(words, next.at);
  if (words[end]?.tag === 'infinitive') end++;
  const speaks = words
    .slice(next.at + 1, end)
    .some(({ verb }) => verb?.lemmas.some((lemma) => SPEECH.has(lemma) || lemma === 'remarquer'));
  return speaks && (/^(?:determiner|name)$/u.test(words[end]?.tag ?? '') || isTitle(words[end]));
}

function isInverted(clause: Clause, { start, hasConjunction }: Border, next: VerbUse): boolean {
  const { words } = clause;
  const after = words[verbGroupEnd(words, next.at)];
  const lemmas = words[next.at]?.verb?.lemmas ?? [];
  // « raconta Paul », « avoua M. Jean »
  const isFirst = next.from === start && !hasConjunction;
  if (isFirst && isSaidBy(clause, next)) return true;
  if (after?.tag === 'name' || isTitle(after))
    return isFirst || lemmas.some((lemma) => OFTEN_INVERTED.has(lemma) || SPEECH.has(lemma));
  // « à son cou se balançait une clef »
  const isPlaced = words[start]?.tag === 'preposition' && pronounsOf(words, next).some((form) => REFLEXIVE.test(form));
  return after?.tag === 'determiner' && (isPlaced || lemmas.some((lemma) => OFTEN_INVERTED.has(lemma)));
}

const IMPERATIVE_PERSONS = PERSON.tu | PERSON.nous | PERSON.vous;

function isImperative({ words }: Clause, use: VerbUse): boolean {
  const verb = words[use.at]?.verb;
  const isBare = words.slice(0, use.at).every(({ isWord, tag }) => !isWord || tag === 'clitic');
  return isBare && ((verb?.tenses ?? 0) & TENSE.imperative) !== 0;
}

/** « … ; tâche de dormir » where somebody is spoken to: it needs no subject. */
function isOrder({ words }: Clause, { start, mark, hasConjunction }: Border, main: VerbUse, next: VerbUse): boolean {
  const verb = words[next.at]?.verb;
  const isFirst =
    next.from === start && words.slice(start, next.at).every(({ form }) => form === 'ne' || form === "n'");
  const isSpokenTo = /^(?:j'|je|tu|nous|vous)$/u.test(words[main.from]?.form ?? '');
  return (
    mark === ';' &&
    !hasConjunction &&
    isFirst &&
    isSpokenTo &&
    ((verb?.tenses ?? 0) & TENSE.imperative) !== 0 &&
    ((verb?.persons ?? 0) & IMPERATIVE_PERSONS) !== 0
  );
}

/** « Je t’en prie ; évite ses visites », « dis-le-lui »: an order, whoever the subject of the clause before is. */
const mayOrder = ({ words }: Clause, next: VerbUse, { hasConjunction }: Border): boolean =>
  words[next.at + 1]?.tag === 'enclitic' ||
  // « et regarde ! »
  (words[next.at + 1]?.text === '!' && ((words[next.at]?.verb?.tenses ?? 0) & TENSE.imperative) !== 0) ||
  // « je t’en prie, ne te retourne pas »
  (!hasConjunction &&
    ((words[next.at]?.verb?.tenses ?? 0) & TENSE.imperative) !== 0 &&
    ((words[next.at]?.verb?.persons ?? 0) & (PERSON.je | PERSON.vous)) !== 0);

/** Between the border and the verb there may stand « aussitôt », « de sa main », « , après un silence, » and the like. */
function isAdverbial({ words, verbs }: Clause, { start }: Border, next: VerbUse): boolean {
  const opensAdverbial = (i: number) => /^(?:adverb|preposition|present-participle)$/u.test(words[i]?.tag ?? '');
  for (let i = start; i < next.from; i++) {
    if (words[i]?.isWord && (i === start || words[i - 1]?.text === ',') && !opensAdverbial(i)) return false;
    // « de larges taches »: a subject
    if (i === start && OF.test(words[i]?.form ?? '') && words[i + 1]?.tag === 'other') return false;
    // « et à lire, à coudre, voulut… »: it goes on with the clause before
    if (words[i]?.tag === 'infinitive' && /^(?:à|de|d')$/u.test(words[i - 1]?.form ?? '')) return false;
  }
  // « avec ce sourire de bonté câline »: without a comma the verb may be no verb
  const last = words[next.from - 1];
  if (next.from > start && last?.text !== ',' && last?.tag !== 'adverb') return false;
  return !verbs.some(({ at }) => at >= start && at < next.at);
}

/** « Les roues tournaient, tournaient toujours »: the style is in it; « il allait et venait » is one thing. */
function isRepeated({ words }: Clause, main: VerbUse, next: VerbUse): boolean {
  const says = (use: VerbUse, lemma: string) => words[use.at]?.verb?.lemmas.includes(lemma) === true;
  if (says(main, 'aller') && says(next, 'venir')) return true;
  return words[main.at]?.form === words[next.at]?.form && !isBeOrHave(words[next.at]?.verb);
}

/** « il » and « était gravée »: the subject is another. */
function disagrees({ words }: Clause, next: VerbUse, subject: string): boolean {
  const participle = words[next.at + 1];
  const isPassive = participle?.tag === 'past-participle' && words[next.at]?.verb?.lemmas.includes('être');
  const isFeminine = /es?$/u.test(participle?.form ?? '');
  return isPassive === true && (isFeminine ? /^(?:ils?|on)$/u : /^elles?$/u).test(subject);
}

/** « de son air juste et calme », « ils donneront courage et force », « et puisse-t-il venir »: no verb that goes on with the first. */
function leavesTense(clause: Clause, main: VerbUse, next: VerbUse): boolean {
  const narrative = TENSE.past | TENSE.imperfect;
  const [one = 0, other = 0] = [main, next].map(({ at }) => clause.words[at]?.verb?.tenses);
  if ((one & other) !== 0) return false;
  const isTold = (one & narrative) !== 0 && (one & TENSE.present) === 0;
  const isWish = (other & ~(TENSE.subjunctive | TENSE.pastSubjunctive)) === 0;
  return isWish || (isTold && (other & narrative) === 0) || isNominalForm(clause.words[next.at]?.form ?? '');
}

/** Whether the second verb, which has no subject of its own, can have that of the first. */
function mayShareSubject(clause: Clause, main: VerbUse, next: VerbUse, border: Border): boolean {
  const { words } = clause;
  const isUnsure = !border.hasConjunction && next.from === next.at && isNominalForm(words[next.at]?.form ?? '');
  return !(
    isUnsure ||
    leavesTense(clause, main, next) ||
    isImpersonal(words, main) ||
    isImpersonal(words, next) ||
    isRepeated(clause, main, next) ||
    sharesObject(clause, main, next, border) ||
    isInverted(clause, border, next) ||
    !isAdverbial(clause, border, next)
  );
}

/** What follows the border with the subject of the main clause before its verb; undefined when it cannot be given back. */
function withSharedSubject(clause: Clause, main: VerbUse, next: VerbUse, border: Border): string | undefined {
  const { words } = clause;
  const verb = words[next.at]?.verb;
  if (verb === undefined || !mayShareSubject(clause, main, next, border)) return undefined;
  const subject = isImperative(clause, main) ? undefined : findSubject(clause, main);
  if (subject === undefined) {
    const persons = verb.persons & (words[main.at]?.verb?.persons ?? 0) & IMPERATIVE_PERSONS;
    return isImperative(clause, main) && verb.tenses & TENSE.imperative && persons
      ? textFrom(clause, border.start)
      : undefined;
  }
  // « il dit : « Paul ! » et sortit »
  if (words[main.from - 1]?.text === '»') return undefined;
  if ((verb.persons & subject.person) === 0 || disagrees(clause, next, subject.text)) return undefined;
  const isCondition = (verb.tenses & TENSE.pastSubjunctive) !== 0 && (verb.tenses & TENSE.past) === 0;
  if (mayOrder(clause, next, border) || isCondition) return undefined;
  return textFrom(clause, border.start, next.from) + withSubject(subject.text, textFrom(clause, next.from));
}

/** « et, retombant, il… » loses the comma that followed the conjunction, « mais, ma chère, je… » keeps it. */
const after = (lead: string, text: string): string => lead + (lead === '' ? text.replace(/^[\s,]+/u, '') : text);

function splitAt(clause: Clause, border: Border): Split | undefined {
  const verbs = spokenVerbs(clause);
  const before = verbs.filter(({ at }) => at < border.end);
  const main = before.findLast(({ role }) => role === 'main');
  const next = verbs.find(({ at, role }) => at >= border.start && (role === 'main' || role === 'open'));
  if (main === undefined || next === undefined || belongTogether(clause, { border, before, main, next }))
    return undefined;
  // « Je pâlis et je tremble si peu que… »
  const isSame = clause.words[main.from]?.form === clause.words[next.from]?.form;
  if ((border.mark === ',' || isSame) && sharesObject(clause, main, next, border)) return undefined;
  const left = textBefore(clause, border.end);
  const rank = RANKS[border.mark ?? ''] ?? (border.hasConjunction ? 2 : 3);
  if (hasOwnSubject(clause, border, main, next) || isOrder(clause, border, main, next))
    return { left, right: after(border.lead, textFrom(clause, border.start)), rank };
  // « …, après un nouvel échange »: after a mark this strong another subject is likelier
  if (border.mark === ':' || border.mark === ';') return undefined;
  const right = withSharedSubject(clause, main, next, border);
  return right === undefined ? undefined : { left, right: after(border.lead, right), rank: rank + 1 };
}

/** « A ; B », « A, et B », « A, B » where both have a main verb; a shared subject is given back to B. */
export function splitCoordinated(clause: Clause): Split[] {
  return clause.words.flatMap((_, at) => {
    const border = borderAt(clause, at);
    const split = border && splitAt(clause, border);
    return split ?? [];
  });
}
