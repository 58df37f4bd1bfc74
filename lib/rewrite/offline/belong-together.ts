import type { VerbUse } from '@/lib/french/clauses';
import { agrees, nounSubject } from '@/lib/french/subject';
import type { Word } from '@/lib/french/tagged-word';
import { TENSE } from '@/lib/french/verb-lexicon';
import { touchesAside } from './asides';
import type { Border } from './borders';
import type { Clause } from './clause';
import { isClearComma } from './clear-comma';
import type { Meeting } from './meeting';

const TAKES_THAT = new Set(
  (
    'savoir croire penser apprendre voir sentir comprendre espérer jurer trouver rappeler souvenir songer deviner expliquer ' +
    'répéter ajouter avouer remarquer prétendre dire'
  ).split(' '),
);

const isPast = (tenses: number): boolean => (tenses & TENSE.past) !== 0;
const isSubjunctive = (tenses: number): boolean =>
  tenses !== 0 && (tenses & ~(TENSE.subjunctive | TENSE.pastSubjunctive)) === 0;
const isUnreal = (tenses: number): boolean => (tenses & (TENSE.conditional | TENSE.pastSubjunctive)) !== 0;

/** « …, et elle sortit »: another subject begins right after a comma. */
function hasNewSubject({ words }: Clause, { border, before, next }: Meeting): boolean {
  const last = before.at(-1);
  if (border.mark !== ',' || last?.role !== 'dependent') return false;
  const phrase = /^(?:mais|car) /u.test(border.lead) ? nounSubject(words, border.start, next.from) : undefined;
  return words[next.from]?.tag === 'subject' || (phrase?.from === border.start && agrees(phrase, words[next.at]));
}

/** « les volets battaient quand il ventait, et grinçaient »: only the main verb agrees with the one that follows. */
function agreesWithMain({ words }: Clause, last: VerbUse, { main, next }: Meeting): boolean {
  const persons = (use: VerbUse) => words[use.at]?.verb?.persons ?? 0;
  return (persons(next) & persons(main)) !== 0 && (persons(next) & persons(last)) === 0;
}

/** Whether what follows the border belongs to the main clause, not to a dependent one that is still open. */
function attachesToMain(clause: Clause, meeting: Meeting): boolean {
  const { words } = clause;
  const { border, before, main, next } = meeting;
  const last = before.at(-1);
  if (border.mark === ';' || border.mark === ':' || last === undefined || last.role === 'main') return true;
  const tenses = (use: VerbUse) => words[use.at]?.verb?.tenses ?? 0;
  // « l’homme qui dormait, et elle sortit », « bien qu’il dormît, et elle sortit »: another subject cannot go on with it
  const opener =
    words[words.findLastIndex(({ tag }, i) => i < last.at && (tag === 'relative' || tag === 'subordinator'))];
  const isOwn = hasNewSubject(clause, meeting);
  if (isOwn && (opener?.form === 'qui' || isSubjunctive(tenses(last))) && !isSubjunctive(tenses(next))) return true;
  if (isOwn && border.hasConjunction && isPast(tenses(next)) && !isPast(tenses(last))) return true;
  // « je ne sais s’il dort, mais il est là »
  const isClear = /^mais /u.test(border.lead) || (/^car /u.test(border.lead) && !/^qu[e']$/u.test(opener?.form ?? ''));
  if (isOwn && isClear && !isUnreal(tenses(next))) return true;
  // « elle sentit qu’il la regardait, et elle rougit »: within the clause « que » would be said again
  const subject = words[main.from];
  const isAgain =
    border.hasConjunction &&
    border.mark === ',' &&
    /^(?:qu[e']|où|dont)$/u.test(opener?.form ?? '') &&
    subject?.tag === 'subject' &&
    words[next.from]?.form === subject.form &&
    words[last.from]?.form !== subject.form;
  if (isAgain) return true;
  if (next.from === border.start && words[next.at]?.tag === 'verb' && agreesWithMain(clause, last, meeting))
    return true;
  return (tenses(next) & tenses(main)) !== 0 && (tenses(next) & tenses(last)) === 0;
}

const NUMBER =
  /^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante|cinquante|soixante|cents?|mille|\d+)$/u;
export const OF = /^(?:de|d'|du|des)$/u;
const TO = /^(?:à|au|aux)$/u;
const isSamePreposition = (one: Word, other: Word): boolean =>
  one.form === other.form || (OF.test(one.form) && OF.test(other.form)) || (TO.test(one.form) && TO.test(other.form));

/** « quelque chose de jeune et de moqueur, elle… », « au fur et à mesure »: « et » goes on with what stands before it. */
function goesOnWithList({ words }: Clause, { end, start, mark, hasConjunction }: Border): boolean {
  if (mark !== undefined || !hasConjunction) return false;
  const first = words[start];
  if (first === undefined) return true;
  const opener = words.findLastIndex(({ tag, text }, i) => i < end && (tag === 'verb' || text === ';'));
  const near = words.slice(opener + 1, end);
  if (first.tag === 'preposition' || OF.test(first.form) || TO.test(first.form))
    return near.some((word) => isSamePreposition(word, first));
  // « six mille et quatre cents »
  if (NUMBER.test(first.form) && NUMBER.test(words[end - 1]?.form ?? '')) return true;
  // « et ne pas servir »
  const verb = words.slice(start).find(({ tag }) => tag !== 'clitic' && tag !== 'negation');
  return verb?.tag === 'infinitive' || verb?.tag === 'past-participle' || verb?.tag === 'present-participle';
}

/** « Et plus il marchait, plus la route montait » */
const isProportion = ({ words }: Clause): boolean =>
  words.filter(
    ({ form }, i) =>
      /^(?:plus|moins|autant)$/u.test(form) &&
      !isSince(words, i) &&
      (i === 0 || /^(?:,|;|et)$/u.test(words[i - 1]?.form ?? '')) &&
      /^(?:subject|determiner|clitic|name|adverb)$/u.test(words[i + 1]?.tag ?? ''),
  ).length > 1;

const CORRELATIVES = /^(?:plus|moins|autant|tantôt|soit|non)$/u;
/** « plus tard », « plus loin » */
const isSince = (words: Word[], at: number): boolean => /^(?:tard|loin|haut|bas)$/u.test(words[at + 1]?.form ?? '');

const isCorrelative = (clause: Clause, { start, mark }: Border): boolean => {
  const { words } = clause;
  return (
    isProportion(clause) ||
    (CORRELATIVES.test(words[0]?.form ?? '') && words[1]?.isWord === true && !isSince(words, 0) && mark !== ';') ||
    (/^(?:que|qu'|ni|ou|aussi)$/u.test(words[start]?.form ?? '') &&
      !(mark === ';' && words[start]?.form === 'aussi')) ||
    (CORRELATIVES.test(words[start]?.form ?? '') && !isSince(words, start) && mark !== ';') ||
    words.some(
      ({ form }, i) =>
        form === 'non' &&
        (words[i + 1]?.form === 'seulement' || (i < start && words.slice(start).some((word) => word.form === 'mais'))),
    ) ||
    // « n’est-ce pas ? »
    (words[start]?.form === "n'" && words[start + 2]?.form === '-ce')
  );
};

/** « Il se rappela, il l’avait vue », « vous allez voir, ils viendront »: what is known follows. */
const announcesThought = ({ words }: Clause, { end }: Border): boolean =>
  words[end - 1]?.tag !== 'other' && words[end - 1]?.verb?.lemmas.some((lemma) => TAKES_THAT.has(lemma)) === true;

const ASKS = /^(?:qu[ie]|qu'|quoi|quel(?:le)?s?|où|quand|comment|pourquoi|combien|-ce)$/u;

/** « Vous êtes d’ici et vous dormez là ? demanda-t-il »: the voice asks both. */
function asksByVoice({ words, depth }: Clause, { start }: Border): boolean {
  const mark = words.findIndex(({ text }, i) => i > start && depth[i] === 0 && /^[?!.;:…]$/u.test(text));
  const asked = words.slice(start, mark);
  return words[mark]?.text === '?' && !asked.some(({ tag, form }) => tag === 'enclitic' || ASKS.test(form));
}

/** « mais, n’importe, … » */
const isNoMatter = ({ words }: Clause, { at }: VerbUse): boolean => words[at]?.form === 'importe';

/** « et allez donc ! » */
const isCry = ({ words }: Clause, { from, at }: VerbUse): boolean =>
  from === at && /^(?:va|allez|allons)$/u.test(words[at]?.form ?? '') && words[at + 1]?.form === 'donc';

const INVERTS = /^(?:peut-être|aussi|sans|ainsi|encore|toujours|à|du)$/u;

/** « Eût-il su, il serait venu », « La maison eût brûlé, il n’aurait pas bougé »: the first clause only supposes. */
function supposes({ words }: Clause, main: VerbUse, next: VerbUse, { mark, hasConjunction }: Border): boolean {
  const tenses = (use: VerbUse) => words[use.at]?.verb?.tenses ?? 0;
  const isSupposed = isSubjunctive(tenses(main)) && isUnreal(tenses(next));
  if (isSupposed && mark === ',' && !hasConjunction) return true;
  if (!/^-(?:t-)?(?:ils?|elles?|on|je|nous|vous|tu)$/u.test(words[main.at + 1]?.form ?? '')) return false;
  const isCondition = (tenses(main) & (TENSE.pastSubjunctive | TENSE.conditional)) !== 0;
  const first = words.find(({ isWord }) => isWord)?.form ?? '';
  return isCondition || (mark === ',' && !INVERTS.test(first) && words.every(({ text }) => !/^[?!]$/u.test(text)));
}

/** « il vit sortir les uns, les autres et Paul »: the conjunction joins nouns, not clauses. */
function joinsNouns({ words }: Clause, { end, mark, hasConjunction }: Border, last: VerbUse): boolean {
  if (mark !== undefined || !hasConjunction) return false;
  const comma = words.findLastIndex(({ text }, i) => i < end && i > last.at && text === ',');
  return comma !== -1 && /^(?:determiner|name|other)$/u.test(words[comma + 1]?.tag ?? '');
}

/** « cria-t-il en riant, tu viens »: what follows the comma still belongs to the incise. */
function followsIncise({ words, verbs }: Clause, { end, start, mark, hasConjunction }: Border): boolean {
  const isLoose =
    mark === ',' &&
    !hasConjunction &&
    /^(?:preposition|present-participle|past-participle)$/u.test(words[start]?.tag ?? '');
  return isLoose && verbs.findLast(({ at }) => at < end)?.role === 'incise';
}

/** « … de Musset : Avez-vous vu… »: a quotation without its guillemets. */
const quotes = ({ words }: Clause, { start }: Border): boolean =>
  words.some(
    ({ text, tag }, i) => i <= start && words[i - 1]?.text === ':' && /^(?:\p{Lu}|["“])/u.test(text) && tag !== 'name',
  );

/** « familière et mystérieuse, et une prune tombait »: another border comes before the verb. */
const hasLaterBorder = ({ words }: Clause, { start }: Border, next: VerbUse): boolean =>
  words.some(
    ({ text }, i) =>
      i >= start &&
      i < next.from &&
      (/^[—–…!?:;-]$/u.test(text) || (text === ',' && words[i + 1]?.tag === 'coordinator')),
  );

/** « Si vous voulez, nous monterons à cheval et nous irons loin »: the condition holds for both. */
function sharesCondition({ words }: Clause, { mark, lead }: Border, main: VerbUse): boolean {
  if (mark === ';' || mark === ':' || /^(?:mais|car|or) /u.test(lead)) return false;
  const isIf = ({ form, tag }: Word) => tag === 'subordinator' && (form === 'si' || form === "s'");
  const opener = words.findLastIndex((word, i) => i < main.at && isIf(word));
  return opener !== -1 && !words.slice(opener, main.at).some(({ text }) => text === ';' || text === ':');
}

/** « dit-il à Paul, cette femme… »: what is said follows. */
const announcesSpeech = ({ words }: Clause, main: VerbUse): boolean =>
  words[main.at + 1]?.tag === 'enclitic' && words[main.at]?.verb?.lemmas.includes('dire') === true;

/** Whether a comma parts the noun phrase at `start` from the subject of the verb. */
function isOtherSubject(words: Word[], start: number, next: VerbUse): boolean {
  const [first, second] = words.slice(start, start + 2);
  const opensNoun =
    (first?.tag === 'determiner' && !/^(?:tou.*|du|des|aux?)$/u.test(first.form)) ||
    (first?.tag === 'other' && OF.test(second?.form ?? ''));
  const subject = words[next.from]?.tag === 'subject' ? next.from : nounSubject(words, start, next.from)?.from;
  const commas = words.slice(start, next.from).filter(({ text }) => text === ',').length;
  return opensNoun && commas === 1 && (subject ?? start) !== start && !TIME.test(second?.form ?? '');
}
const TIME = /^(?:fois|jour|soir|matin|nuit|lendemain|veille|année|semaine|heure|instant|moment|dimanche|lundi)s?$/u;

/** « le spectacle et les spectateurs, il chantait », « la vue et celle du lac, voilà… »: the conjunction joins nouns. */
function joinsToList({ words }: Clause, { start, lead, mark }: Border, next: VerbUse): boolean {
  const opensNoun = /^(?:determiner|name|other)$/u.test(words[start]?.tag ?? '');
  // « …, mais un enfant, son âge l’excuse », « le mot : matin, je me levai »
  const isSaid = (lead === 'mais ' && mark === ',') || mark === ':';
  if (isSaid && isOtherSubject(words, start, next)) return true;
  if (mark === ':') return false;
  // « leste et adroit de son corps, sa jambe… », « injuste et trop dur, son orgueil… »
  const first = words.find(({ tag }, i) => i >= start && tag !== 'adverb' && tag !== 'negation');
  if (mark === undefined && first?.tag === 'other' && words.slice(start, next.from).some(({ text }) => text === ','))
    return true;
  const isBound = words[next.from]?.tag === 'subject' || words[next.at]?.tag === 'presentative';
  return opensNoun && isBound && words.slice(start, next.from).some(({ text }) => text === ',');
}

/** « … et lui, voyant la mer, … »: the clause that the conjunction announces is still to come. */
function leansForward({ words, verbs }: Clause, { end }: Border): boolean {
  const opener = words.findLastIndex(
    ({ tag }, i) =>
      i < end &&
      ((tag === 'coordinator' && /^[,;]$/u.test(words[i - 1]?.text ?? '')) ||
        (tag === 'subordinator' && words[i - 1]?.tag === 'coordinator')),
  );
  // « …, et, sois-en sûr, Paul, … »: what the commas enclose is not yet that clause
  const isEnclosed = words[opener + 1]?.text === ',';
  const from = isEnclosed ? words.findIndex(({ text }, i) => i > opener + 1 && text === ',') : opener;
  return opener > 0 && verbs.every(({ at, role }) => at < from || at > end || role === 'dependent');
}

/** Whether what meets at the border would not say the same apart. */
export function belongTogether(clause: Clause, { border, before, main, next }: Meeting): boolean {
  const isComma = border.mark === ',';
  const isBare = isComma && !border.hasConjunction;
  const isSpoken = clause.verbs.some(({ at, role }) => role === 'incise' && at >= border.start && at < next.at);
  return (
    isSpoken ||
    isCry(clause, next) ||
    asksByVoice(clause, border) ||
    isNoMatter(clause, next) ||
    isNoMatter(clause, main) ||
    isCorrelative(clause, border) ||
    supposes(clause, main, next, border) ||
    followsIncise(clause, border) ||
    hasLaterBorder(clause, border, next) ||
    quotes(clause, border) ||
    sharesCondition(clause, border, main) ||
    !attachesToMain(clause, { border, before, main, next }) ||
    joinsNouns(clause, border, before.at(-1) ?? main) ||
    goesOnWithList(clause, border) ||
    ((border.hasConjunction || border.mark === ':') && joinsToList(clause, border, next)) ||
    (isComma && !/^(?:car|mais|or) /u.test(border.lead) && leansForward(clause, border)) ||
    (isBare &&
      (announcesSpeech(clause, main) ||
        announcesThought(clause, border) ||
        touchesAside(clause, border.end) ||
        !isClearComma(clause, { border, before, main, next })))
  );
}
