import type { VerbUse } from '@/lib/french/clauses';
import { TENSE } from '@/lib/french/verb-lexicon';
import { type Clause, capitalise, type Splitter, spokenVerbs, textBefore, textFrom } from './clause';
import { hasSubjectBefore } from './coordinated-clauses';

/** The words before « que », and what says the same at the head of a sentence. */
const CONNECTORS = [
  { words: ['parce'], opening: 'en effet,' },
  { words: ['pendant'], opening: 'pendant ce temps,' },
  { words: ['de', 'sorte'], opening: 'ainsi,' },
  { words: ['si', 'bien'], opening: 'ainsi,' },
];

const isPast = ({ words }: Clause, use: VerbUse): boolean => {
  const tenses = words[use.at]?.verb?.tenses ?? 0;
  return (tenses & TENSE.past) !== 0 && (tenses & TENSE.present) === 0;
};

/** « Je dormirais pendant que tu es là » */
function changesTime({ words, verbs }: Clause, at: number, before: VerbUse | undefined): boolean {
  const tenses = (use: VerbUse | undefined) => words[use?.at ?? -1]?.verb?.tenses ?? 0;
  const meanwhile = tenses(verbs.find((use) => use.at > at));
  return (tenses(before) & (TENSE.conditional | TENSE.future)) !== 0 && (meanwhile & TENSE.future) === 0;
}

const isLasting = ({ words }: Clause, use: VerbUse): boolean =>
  ((words[use.at]?.verb?.tenses ?? 0) & TENSE.imperfect) !== 0;

/** Whether a main clause precedes `at` and none follows it. */
function closesSentence(clause: Clause, at: number): boolean {
  const verbs = spokenVerbs(clause);
  const hasMain = verbs.some((use) => use.at < at && use.role === 'main');
  return (
    hasMain &&
    verbs.every((use) => use.at < at || use.role === 'dependent') &&
    !clause.verbs.some((use) => use.at > at && use.role === 'incise')
  );
}

const GOES_ON =
  /^(?:verb|clitic|subject|relative|negation|past-participle|present-participle|infinitive|subordinator)$/u;

/** « son frère, qui l’aimait, et surtout envers Paul », « qui rit, qui chante »: what follows belongs to the main clause again. */
const returnsToMain = ({ words }: Clause, at: number): boolean =>
  words.some(
    ({ text }, i) =>
      i > at &&
      text === ',' &&
      (words[i + 1]?.form === words[at]?.form ||
        // « …, qu’il aimait, s’il avait su »
        (words[at]?.text !== 'si' &&
          words[i + 1]?.tag === 'subordinator' &&
          /^s[i']$/u.test(words[i + 1]?.form ?? '')) ||
        (words[at]?.tag === 'relative' && /^qu(?:e|')$/u.test(words[i + 1]?.form ?? '')) ||
        (words[at]?.tag === 'relative' && /^(?:pour|afin|plutôt)$/u.test(words[i + 1]?.form ?? '')) ||
        (words[i + 1]?.tag === 'coordinator' && !GOES_ON.test(words[i + 2]?.tag ?? ''))),
  );

/** The places of `forms` outside brackets from which on all that follows depends on them. */
export function closingOpeners(clause: Clause, forms: RegExp): number[] {
  const { words, depth } = clause;
  return words.flatMap(({ form, tag }, at) => {
    const isOpener = (tag === 'relative' || tag === 'subordinator') && forms.test(form) && depth[at] === 0;
    return isOpener && closesSentence(clause, at) && !returnsToMain(clause, at) ? [at] : [];
  });
}

export const beforeComma = ({ words }: Clause, at: number): number => (words[at - 1]?.text === ',' ? at - 1 : at);

/** « …, parce que », « … tandis que »: the connector becomes one that opens a sentence. */
export const splitReason: Splitter = (clause) =>
  closingOpeners(clause, /^qu(?:e|')$/u).flatMap((at) => {
    const { words } = clause;
    const connector = CONNECTORS.find(({ words: own }) =>
      own.every((form, i) => words[at - own.length + i]?.form === form),
    );
    if (connector === undefined) return [];
    if (words[at + 1]?.tag === 'punctuation') return [];
    // « Il roula si bien qu’il arriva » says how
    if (connector.opening === 'ainsi,' && !/^[,;]$/u.test(words[at - connector.words.length - 1]?.text ?? ''))
      return [];
    // « parce que… et parce que… »
    const isSaidAgain = words.filter(({ form }) => form === connector.words.at(-1)).length > 1;
    if (connector.words[0] === 'parce' && isSaidAgain) return [];
    const from = at - connector.words.length;
    const end = beforeComma(clause, from);
    const isNegated = words.slice(0, from).some(({ form }) => form === 'ne' || form === "n'");
    const isWeighed = /^(?:et|mais|ou|non|surtout|est|était|.*ment)$/u.test(words[end - 1]?.form ?? '');
    const before = spokenVerbs(clause).findLast((use) => use.at < from);
    // « Il dit qu’il viendrait, parce que… »: his reason to say it, or to come
    const isUnsure = before?.role !== 'main' && words[from - 1]?.text !== ';';
    const isElsewhen = connector.opening === 'pendant ce temps,' && changesTime(clause, at, before);
    if (isElsewhen || isWeighed || isUnsure || (isNegated && end === from)) return [];
    return [{ left: textBefore(clause, end), right: `${connector.opening} ${textFrom(clause, at + 1)}`, rank: 5 }];
  });

/** « Il dormait, lorsque Paul entra » → « Alors Paul entra » */
export const splitThen: Splitter = (clause) =>
  closingOpeners(clause, /^(?:quand|lorsque|lorsqu')$/u).flatMap((at) => {
    const verbs = spokenVerbs(clause);
    const main = verbs.findLast((use) => use.at < at && use.role === 'main');
    const verb = verbs.find((use) => use.at > at);
    if (main === undefined || verb === undefined || !isPast(clause, verb)) return [];
    // « Le cœur lui battait quand il approcha » says when
    if (clause.words[at]?.form === 'quand' && clause.words[at - 1]?.text !== ',') return [];
    // The moment that it names is that of the main clause too
    if (clause.words.slice(at).some(({ form }) => /^(?:lendemain|matin|soir|hier|veille)$/u.test(form))) return [];
    if (!isLasting(clause, main) || clause.words[verb.at + 1]?.tag === 'past-participle') return [];
    const left = textBefore(clause, beforeComma(clause, at));
    return [{ left, right: `alors ${textFrom(clause, at + 1)}`, rank: 5 }];
  });

/** What opens a dependent clause at the head of a sentence, and how the main clause goes on from it. */
const OPENINGS = [
  { words: /^comme$/u, leading: 'alors', isEvent: false },
  { words: /^(?:dès|aussitôt|sitôt) qu(?:e|')$/u, leading: 'aussitôt', isEvent: true },
  { words: /^pendant qu(?:e|')$/u, leading: 'pendant ce temps,', isEvent: false },
];

/** « Quand il entra, elle se leva » → « Il entra. Alors elle se leva » */
export const splitOpening: Splitter = (clause) => {
  const { words } = clause;
  const at = words.findIndex(({ isWord }) => isWord);
  const one = words[at]?.form ?? '';
  const two = `${one} ${words[at + 1]?.form}`;
  const opening = OPENINGS.find((known) => known.words.test(one) || known.words.test(two));
  const [first, second] = spokenVerbs(clause);
  if (words[at + 1]?.form === 'aussi') return [];
  // « Quand apparut le chef »
  if (first !== undefined && !hasSubjectBefore(clause, at + 1, first)) return [];
  if (opening === undefined || first?.role !== 'dependent' || second?.role !== 'main') return [];
  const commas = words.flatMap(({ text }, i) => (text === ',' && i > first.at && i < second.from ? [i] : []));
  const [comma] = commas;
  if (
    comma === undefined ||
    commas.length > 1 ||
    !hasSubjectBefore(clause, comma + 1, second) ||
    !canBeTold(clause, first, second, opening)
  )
    return [];
  const start = at + (opening.words.test(one) ? 1 : 2);
  const left = capitalise(textFrom(clause, start, comma).replace(/^,\s*/u, '').trimEnd());
  return [{ left, right: `${opening.leading} ${textFrom(clause, comma + 1)}`, rank: 5 }];
};

/** Events follow one another in the simple past; a background lasts in the imperfect. */
function canBeTold(
  clause: Clause,
  first: VerbUse,
  second: VerbUse,
  opening: { leading: string; isEvent: boolean },
): boolean {
  // « Quand il eut fini » has no tense of its own outside its clause
  if (clause.words[first.at + 1]?.tag === 'past-participle') return false;
  // « Quand elle y fut » says when she had come
  if (opening.isEvent && clause.words[first.at]?.verb?.lemmas.includes('être')) return false;
  if (opening.isEvent) return isPast(clause, first) && isPast(clause, second);
  return isLasting(clause, first) && (opening.leading !== 'alors' || isPast(clause, second));
}
