import { SPEECH, type VerbUse, verbGroupEnd } from '@/lib/french/clauses';
import { isNominalForm } from '@/lib/french/nominal-lexicon';
import { isTitle } from '@/lib/french/noun-phrase';
import { isImpersonal } from '@/lib/french/own-subject';
import { agrees, nounSubject, type Subject, subjectOf } from '@/lib/french/subject';
import { isBeOrHave, type Word } from '@/lib/french/tagged-word';
import { PERSON, TENSE } from '@/lib/french/verb-lexicon';
import { touchesAside } from './asides';
import { type Clause, type Split, spokenVerbs, textBefore, textFrom, withSubject } from './clause';

const COORDINATORS = /^(?:et|mais|puis|car|or)$/u;
const MARKS = /^[,;:]$/u;
const RANKS: Record<string, number> = { ';': 0, ':': 1 };
/** Their subject likes to follow them: « puis vint le maire ». */
const OFTEN_INVERTED = new Set(
  'venir arriver entrer paraître apparaître suivre passer commencer rester surgir sortir monter régner rouler naître être'.split(
    ' ',
  ),
);

/** A place between two words at which one clause may end and the next begin. */
interface Border {
  /** First word that belongs to neither side. */
  end: number;
  /** First word of what follows. */
  start: number;
  /** The conjunction that stays: « mais », « puis »… */
  lead: string;
  mark: string | undefined;
  hasConjunction: boolean;
}

function borderAt({ words, depth }: Clause, at: number): Border | undefined {
  const word = words[at];
  if (word === undefined || depth[at] !== 0) return undefined;
  const mark = MARKS.test(word.text) ? word.text : undefined;
  if (mark === undefined && !(COORDINATORS.test(word.form) && !MARKS.test(words[at - 1]?.text ?? ''))) return undefined;
  let start = mark === undefined ? at : at + 1;
  let lead = '';
  const first = start;
  while (COORDINATORS.test(words[start]?.form ?? '')) {
    if (words[start]?.form !== 'et' || words[start + 1]?.form === 'même') lead += `${words[start]?.form} `;
    start++;
  }
  if (start >= words.length) return undefined;
  return { end: at, start, lead, mark, hasConjunction: start > first };
}

/** Whether what follows the border belongs to the main clause, not to a dependent one that is still open. */
function attachesToMain({ words }: Clause, before: VerbUse[], main: VerbUse, next: VerbUse, border: Border): boolean {
  const last = before.at(-1);
  if (border.mark === ';' || border.mark === ':' || last === undefined || last.role === 'main') return true;
  const tenses = (use: VerbUse) => words[use.at]?.verb?.tenses ?? 0;
  return (tenses(next) & tenses(main)) !== 0 && (tenses(next) & tenses(last)) === 0;
}

const NUMBER =
  /^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante|cinquante|soixante|cents?|mille|\d+)$/u;
const OF = /^(?:de|d'|du|des)$/u;
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
  const verb = words[first.tag === 'clitic' ? start + 1 : start];
  return verb?.tag === 'infinitive' || verb?.tag === 'past-participle' || verb?.tag === 'present-participle';
}

/** « Et plus il marchait, plus la route montait » */
const isProportion = ({ words }: Clause): boolean =>
  words.filter(
    ({ form }, i) =>
      /^(?:plus|moins|autant)$/u.test(form) &&
      (i === 0 || /^(?:,|;|et)$/u.test(words[i - 1]?.form ?? '')) &&
      /^(?:subject|determiner|clitic|name|adverb)$/u.test(words[i + 1]?.tag ?? ''),
  ).length > 1;

const isCorrelative = (clause: Clause, { start }: Border): boolean => {
  const { words } = clause;
  return (
    isProportion(clause) ||
    /^(?:plus|moins|autant|tantôt|soit|non)$/u.test(words[0]?.form ?? '') ||
    /^(?:plus|moins|autant|tantôt|soit|que|qu'|ni|ou|aussi|non)$/u.test(words[start]?.form ?? '') ||
    words.some(
      ({ form }, i) =>
        form === 'non' && (words[i + 1]?.form === 'seulement' || (i < start && words.slice(start).some((word) => word.form === 'mais'))),
    ) ||
    // « n’est-ce pas ? »
    (words[start]?.form === "n'" && words[start + 2]?.form === '-ce')
  );
};

const INVERTS = /^(?:peut-être|aussi|sans|ainsi|encore|toujours|à|du)$/u;

/** « Eût-il su, il serait venu », « L’avait-il vu, c’était la question »: the first clause only supposes. */
function supposes({ words }: Clause, main: VerbUse, { mark }: Border): boolean {
  if (!/^-(?:t-)?(?:ils?|elles?|on|je)$/u.test(words[main.at + 1]?.form ?? '')) return false;
  const isPast = ((words[main.at]?.verb?.tenses ?? 0) & (TENSE.pastSubjunctive | TENSE.conditional)) !== 0;
  const first = words.find(({ isWord }) => isWord)?.form ?? '';
  return isPast || (mark === ',' && !INVERTS.test(first) && words.every(({ text }) => text !== '?'));
}

const NEEDS_OBJECT = new Set(
  'trouver retrouver prendre mettre poser porter apporter tenir admirer aimer adorer saisir quitter examiner'.split(' '),
);

export const hasSubjectBefore = ({ words }: Clause, start: number, use: VerbUse): boolean =>
  words.slice(use.from, use.at).some(({ tag }) => tag === 'subject') ||
  nounSubject(words, start, use.from) !== undefined;

/** « ; un tapis fait de laine » after a clause in the past: no verb. */
function mayBeParticiple({ words }: Clause, main: VerbUse, next: VerbUse): boolean {
  const verb = words[next.at]?.verb;
  return verb !== undefined && verb.isPastParticiple && (verb.tenses & (words[main.at]?.verb?.tenses ?? 0)) === 0;
}

function hasOwnSubject(clause: Clause, { start, hasConjunction, mark }: Border, main: VerbUse, next: VerbUse): boolean {
  const { words } = clause;
  if (words.slice(next.from, next.at).some(({ tag }) => tag === 'subject')) return true;
  if (/^-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$/u.test(words[next.at + 1]?.form ?? '')) return true;
  const isList = !hasConjunction && mark === ',' && words.slice(start, next.from).some(({ text }) => text === ',');
  if (isList) return false;
  if (words[start]?.form === "d'" && /^(?:aucuns|autres)$/u.test(words[start + 1]?.form ?? '')) return true;
  if (
    /^(?:cela|ça|ceci|rien|personne|tout|chacun|celui|celle|ceux|celles|certains|beaucoup|plusieurs)$/u.test(
      words[start]?.form ?? '',
    )
  )
    return true;
  const phrase = nounSubject(words, start, next.from);
  if (phrase === undefined || mayBeParticiple(clause, main, next)) return false;
  // « …, et une autre, dans la main, la jeta »
  const isOther = words.slice(phrase.from, phrase.to).some(({ form }) => /^autres?$/u.test(form));
  if (hasConjunction && isOther && words[phrase.to]?.text === ',') return false;
  const isJoined = words
    .slice(phrase.to, next.from)
    .some(({ form }) => form === 'et' || form === 'ou' || form === 'ni');
  // « il perdit son honneur et son charme et ceux… »: it may be an object as well
  if (mark === undefined && words[phrase.to]?.form === 'et') return false;
  // « les caisses chargées et la charrette partait »: the first noun has another verb
  return agrees(phrase, words[next.at]) || (isJoined && agrees({ ...phrase, isPlural: true }, words[next.at]));
}

/** « il vit sortir les uns, les autres et Paul »: the conjunction joins nouns, not clauses. */
function joinsNouns({ words }: Clause, { end, mark, hasConjunction }: Border, last: VerbUse): boolean {
  if (mark !== undefined || !hasConjunction) return false;
  const comma = words.findLastIndex(({ text }, i) => i < end && i > last.at && text === ',');
  return comma !== -1 && /^(?:determiner|name|other)$/u.test(words[comma + 1]?.tag ?? '');
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

/** An object or complement shared by both verbs would be lost: « Il ouvrit et ferma la porte. » */
function sharesObject({ words }: Clause, main: VerbUse, next: VerbUse, border: Border): boolean {
  if (verbGroupEnd(words, main.at) < border.end) return false;
  const needsObject =
    words.slice(main.from, main.at).every(({ tag }) => tag === 'subject') &&
    words[main.at]?.verb?.lemmas.some((lemma) => NEEDS_OBJECT.has(lemma));
  if (border.mark !== undefined && !needsObject) return false;
  const after = words[verbGroupEnd(words, next.at)];
  return after !== undefined && after.tag !== 'punctuation';
}

function isInverted({ words }: Clause, next: VerbUse): boolean {
  const after = words[verbGroupEnd(words, next.at)];
  const lemmas = words[next.at]?.verb?.lemmas ?? [];
  if (after?.tag === 'name' || isTitle(after))
    return lemmas.some((lemma) => OFTEN_INVERTED.has(lemma) || SPEECH.has(lemma));
  return after?.tag === 'determiner' && lemmas.some((lemma) => OFTEN_INVERTED.has(lemma));
}

const IMPERATIVE_PERSONS = PERSON.tu | PERSON.nous | PERSON.vous;

function isImperative({ words }: Clause, use: VerbUse): boolean {
  const verb = words[use.at]?.verb;
  const isBare = words.slice(0, use.at).every(({ isWord, tag }) => !isWord || tag === 'clitic');
  return isBare && ((verb?.tenses ?? 0) & TENSE.imperative) !== 0;
}

/** « Je t’en prie ; évite ses visites », « dis-le-lui »: an order, whoever the subject of the clause before is. */
const mayOrder = ({ words }: Clause, next: VerbUse, { hasConjunction }: Border): boolean =>
  words[next.at + 1]?.tag === 'enclitic' ||
  (!hasConjunction && next.from === next.at && ((words[next.at]?.verb?.tenses ?? 0) & TENSE.imperative) !== 0 && ((words[next.at]?.verb?.persons ?? 0) & (PERSON.je | PERSON.vous)) !== 0);

/** Between the border and the verb there may stand « aussitôt », « de sa main », « , après un silence, » and the like. */
function isAdverbial({ words, verbs }: Clause, { start }: Border, next: VerbUse): boolean {
  const opensAdverbial = (i: number) => /^(?:adverb|preposition|present-participle)$/u.test(words[i]?.tag ?? '');
  for (let i = start; i < next.from; i++) {
    if (words[i]?.isWord && (i === start || words[i - 1]?.text === ',') && !opensAdverbial(i)) return false;
    // « de larges taches »: a subject
    if (i === start && OF.test(words[i]?.form ?? '') && words[i + 1]?.tag === 'other') return false;
  }
  return !verbs.some(({ at }) => at >= start && at < next.at);
}

/** « cria-t-il en riant, tu viens »: what follows the comma still belongs to the incise. */
function followsIncise({ words, verbs }: Clause, { end, start, mark, hasConjunction }: Border): boolean {
  const isLoose =
    mark === ',' &&
    !hasConjunction &&
    /^(?:preposition|present-participle|past-participle)$/u.test(words[start]?.tag ?? '');
  return isLoose && verbs.findLast(({ at }) => at < end)?.role === 'incise';
}

/** « Les roues tournaient, tournaient toujours »: the style is in it. */
const isRepeated = ({ words }: Clause, main: VerbUse, next: VerbUse): boolean =>
  words[main.at]?.form === words[next.at]?.form && !isBeOrHave(words[next.at]?.verb);

/** « il » and « était gravée »: the subject is another. */
function disagrees({ words }: Clause, next: VerbUse, subject: string): boolean {
  const participle = words[next.at + 1];
  const isPassive = participle?.tag === 'past-participle' && words[next.at]?.verb?.lemmas.includes('être');
  const isFeminine = /es?$/u.test(participle?.form ?? '');
  return isPassive === true && (isFeminine ? /^(?:ils?|on)$/u : /^elles?$/u).test(subject);
}

/** What follows the border with the subject of the main clause before its verb; undefined when it cannot be given back. */
function withSharedSubject(clause: Clause, main: VerbUse, next: VerbUse, border: Border): string | undefined {
  const { words } = clause;
  const verb = words[next.at]?.verb;
  if (isImpersonal(words, main) || isImpersonal(words, next) || isRepeated(clause, main, next)) return undefined;
  if (verb === undefined || sharesObject(clause, main, next, border) || isInverted(clause, next)) return undefined;
  const isUnsure = !border.hasConjunction && next.from === next.at && isNominalForm(words[next.at]?.form ?? '');
  if (isUnsure || !isAdverbial(clause, border, next)) return undefined;
  const subject = isImperative(clause, main) ? undefined : findSubject(clause, main);
  if (subject === undefined) {
    const persons = verb.persons & (words[main.at]?.verb?.persons ?? 0) & IMPERATIVE_PERSONS;
    return isImperative(clause, main) && verb.tenses & TENSE.imperative && persons
      ? textFrom(clause, border.start)
      : undefined;
  }
  if ((verb.persons & subject.person) === 0 || disagrees(clause, next, subject.text)) return undefined;
  const isCondition = (verb.tenses & TENSE.pastSubjunctive) !== 0 && (verb.tenses & TENSE.past) === 0;
  if (mayOrder(clause, next, border) || isCondition) return undefined;
  return textFrom(clause, border.start, next.from) + withSubject(subject.text, textFrom(clause, next.from));
}

/** « et, retombant, il… » loses the comma that followed the conjunction. */
const bare = (text: string): string => text.replace(/^[\s,]+/u, '');

/** « Prenez un exemple : spectatrice, laissez… », « dit-il à Paul, cette femme… »: what the comma closes is no clause by itself. */
function closesPart({ words, verbs }: Clause, { end, mark, hasConjunction }: Border, main: VerbUse): boolean {
  if (mark !== ',') return false;
  const colon = words.findLastIndex(({ text }, i) => i < end && /^[:!?]$/u.test(text));
  const isVerbless = colon !== -1 && !verbs.some(({ at }) => at > colon && at < end);
  const isSaid = words[main.at + 1]?.tag === 'enclitic' && words[main.at]?.verb?.lemmas.includes('dire') === true;
  return isVerbless || (isSaid && !hasConjunction) || leansForward(words, verbs, end);
}

/** « … et comme il pleuvait, … »: the clause that the conjunction announces is still to come. */
function leansForward(words: Word[], verbs: VerbUse[], end: number): boolean {
  const opener = words.findLastIndex(
    ({ tag }, i) => i < end && tag === 'subordinator' && /^(?:et|mais|car|;|:)$/u.test(words[i - 1]?.form ?? ''),
  );
  return opener !== -1 && verbs.every(({ at, role }) => at < opener || at > end || role === 'dependent');
}

const opensAside = (word: Word | undefined): boolean => /^(?:preposition|subordinator)$/u.test(word?.tag ?? '');
const opensNoun = (word: Word | undefined): boolean => /^(?:determiner|name|other)$/u.test(word?.tag ?? '');

/** « dirent les vieux, les jeunes et les femmes, ça va »: the comma stands in a list, or what follows it is set before its clause. */
function tearsList({ words, verbs }: Clause, { end, start, mark, hasConjunction }: Border, next: VerbUse): boolean {
  const hasComma = words.slice(start, next.from).some(({ text }) => text === ',');
  const isBound = words[next.from]?.tag === 'subject';
  // « le spectacle et les spectateurs, il chantait », « …, pour être là, je pars »: no telling to which side it goes
  if (opensNoun(words[start]) ? hasConjunction && hasComma && isBound : hasComma && opensAside(words[start]) && !hasConjunction && mark === ',') return true;
  if (mark !== ',' || hasConjunction || !opensNoun(words[start])) return false;
  const before = words.findLastIndex(({ text }, i) => i < end && text === ',');
  const followsPhrase = before !== -1 && opensNoun(words[before + 1]) && !verbs.some(({ at }) => at > before && at < end);
  return followsPhrase || hasComma;
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
      (/^[—–-]$/u.test(text) || (text === ',' && words[i + 1]?.tag === 'coordinator')),
  );

/** « Si vous voulez, nous monterons à cheval et nous irons loin »: the condition holds for both. */
function sharesCondition({ words }: Clause, { mark, lead, hasConjunction }: Border, main: VerbUse): boolean {
  if (mark === ';' || mark === ':' || !hasConjunction || /^(?:mais|car|or) /u.test(lead)) return false;
  const isIf = ({ form, tag }: Word) => tag === 'subordinator' && (form === 'si' || form === "s'");
  const opener = words.findLastIndex((word, i) => i < main.at && isIf(word));
  return opener !== -1 && !words.slice(opener, main.at).some(({ text }) => text === ';' || text === ':');
}

function splitAt(clause: Clause, border: Border): Split | undefined {
  const verbs = spokenVerbs(clause);
  const before = verbs.filter(({ at }) => at < border.end);
  const main = before.findLast(({ role }) => role === 'main');
  const next = verbs.find(({ at, role }) => at >= border.start && (role === 'main' || role === 'open'));
  if (main === undefined || next === undefined || isCorrelative(clause, border) || supposes(clause, main, border))
    return undefined;
  const isSpoken = clause.verbs.some(({ at, role }) => role === 'incise' && at >= border.start && at < next.at);
  if (isSpoken || followsIncise(clause, border) || tearsList(clause, border, next)) return undefined;
  if (border.mark === ',' && sharesObject(clause, main, next, border)) return undefined;
  if (closesPart(clause, border, main) || hasLaterBorder(clause, border, next)) return undefined;
  if (quotes(clause, border) || sharesCondition(clause, border, main)) return undefined;
  if (!attachesToMain(clause, before, main, next, border) || joinsNouns(clause, border, before.at(-1) ?? main))
    return undefined;
  if (
    goesOnWithList(clause, border) ||
    (border.mark === ',' && !border.hasConjunction && touchesAside(clause, border.end))
  )
    return undefined;
  const left = textBefore(clause, border.end);
  const rank = RANKS[border.mark ?? ''] ?? (border.hasConjunction ? 2 : 3);
  if (hasOwnSubject(clause, border, main, next))
    return { left, right: border.lead + bare(textFrom(clause, border.start)), rank };
  if (border.mark === ':') return undefined;
  const right = withSharedSubject(clause, main, next, border);
  return right === undefined ? undefined : { left, right: border.lead + bare(right), rank: rank + 1 };
}

/** « A ; B », « A, et B », « A, B » where both have a main verb; a shared subject is given back to B. */
export function splitCoordinated(clause: Clause): Split[] {
  return clause.words.flatMap((_, at) => {
    const border = borderAt(clause, at);
    const split = border && splitAt(clause, border);
    return split ?? [];
  });
}

/** « Il cria : « Viens ! » » */
export function splitBeforeSpeech(clause: Clause): Split[] {
  const { words } = clause;
  const at = words.findIndex(({ text }, i) => text === ':' && words[i + 1]?.text === '«');
  if (at === -1 || words.at(-1)?.text !== '»') return [];
  return [{ left: textBefore(clause, at), right: textFrom(clause, at + 1), rank: 1 }];
}
