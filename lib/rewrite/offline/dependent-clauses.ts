import type { VerbUse } from '@/lib/french/clauses';
import { ADJECTIVES_BEFORE_NOUN } from '@/lib/french/function-words';
import { isContracted, type NounPhrase, nounPhraseBefore } from '@/lib/french/noun-phrase';
import { agrees } from '@/lib/french/subject';
import { TENSE } from '@/lib/french/verb-lexicon';
import { type Clause, capitalise, type Splitter, spokenVerbs, textBefore, textFrom, withSubject } from './clause';

/** The words before « que », and what says the same at the head of a sentence. */
const CONNECTORS = [
  { words: ['parce'], opening: 'en effet,' },
  { words: ['tandis'], opening: 'pendant ce temps,' },
  { words: ['pendant'], opening: 'pendant ce temps,' },
  { words: ['de', 'sorte'], opening: 'ainsi,' },
  { words: ['si', 'bien'], opening: 'ainsi,' },
];
const INDEFINITE = /^(?:une?|des|deux|trois|plusieurs|quelques)$/u;
const DEMONSTRATIVES: Record<string, string> = { masculine: 'celui-ci', feminine: 'celle-ci' };
const PLURAL_DEMONSTRATIVES: Record<string, string> = { masculine: 'ceux-ci', feminine: 'celles-ci' };

const isPast = ({ words }: Clause, use: VerbUse): boolean => {
  const tenses = words[use.at]?.verb?.tenses ?? 0;
  return (tenses & TENSE.past) !== 0 && (tenses & TENSE.present) === 0;
};

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

/** How to speak of the noun just named; undefined when that cannot be told. */
function nameAgain({ words }: Clause, phrase: NounPhrase): string | undefined {
  const text = words.slice(phrase.from, phrase.to).map((word) => word.text);
  if (phrase.isName) return words[phrase.from]?.tag === 'name' ? text.join(' ') : undefined;
  if (phrase.gender !== undefined) return (phrase.isPlural ? PLURAL_DEMONSTRATIVES : DEMONSTRATIVES)[phrase.gender];
  if (!phrase.isPlural || words[phrase.from + 1]?.tag === 'determiner') return undefined;
  return `ces ${text.slice(1).join(' ')}`;
}

/** « la porte du fond, qui… » may speak of either noun. */
function isAmbiguous({ words }: Clause, phrase: NounPhrase): boolean {
  const before = words[phrase.from - 1];
  return before?.form === 'de' || before?.form === "d'" || before?.form === 'et' || isContracted(words, phrase);
}

/** « Il n’y a pas un homme qui sache », « C’est un homme qui sait »: the relative clause is what is said. */
const isNegatedOrCleft = ({ words }: Clause, at: number): boolean =>
  words.slice(0, at).some(({ form }) => /^(?:ne|n'|c'|ce|comme|sans)$/u.test(form)) ||
  ADJECTIVES_BEFORE_NOUN.has(words[at - 1]?.form ?? '');

/** The noun that a relative clause at `at` speaks of. */
function antecedent(clause: Clause, at: number): NounPhrase | undefined {
  const { words } = clause;
  const hasComma = words[at - 1]?.text === ',';
  const phrase = nounPhraseBefore(words, hasComma ? at - 1 : at);
  if (phrase === undefined || isAmbiguous(clause, phrase)) return undefined;
  const isIndefinite = INDEFINITE.test(words[phrase.from]?.form ?? '');
  return hasComma || (isIndefinite && !isNegatedOrCleft(clause, at)) ? phrase : undefined;
}

/** The places of `forms` outside brackets from which on all that follows depends on them. */
function closingOpeners(clause: Clause, forms: RegExp): number[] {
  const { words, depth } = clause;
  return words.flatMap(({ form, tag }, at) => {
    const isOpener = (tag === 'relative' || tag === 'subordinator') && forms.test(form) && depth[at] === 0;
    return isOpener && closesSentence(clause, at) ? [at] : [];
  });
}

const beforeComma = ({ words }: Clause, at: number): number => (words[at - 1]?.text === ',' ? at - 1 : at);

/** « … un chien, qui dormait » → « Celui-ci dormait » */
export const splitRelative: Splitter = (clause) =>
  closingOpeners(clause, /^qui$/u).flatMap((at) => {
    const verb = spokenVerbs(clause).find((use) => use.at > at);
    const phrase = antecedent(clause, at);
    if (verb === undefined || phrase === undefined || !agrees(phrase, clause.words[verb.at])) return [];
    const subject = nameAgain(clause, phrase);
    if (subject === undefined) return [];
    const left = textBefore(clause, beforeComma(clause, at));
    return [{ left, right: withSubject(subject, textFrom(clause, at + 1)), rank: 5 }];
  });

/** « …, où l’eau dormait » → « Là, l’eau dormait » */
export const splitWhere: Splitter = (clause) =>
  closingOpeners(clause, /^où$/u).flatMap((at) => {
    if (clause.words[at - 1]?.text !== ',' || nounPhraseBefore(clause.words, at - 1) === undefined) return [];
    return [{ left: textBefore(clause, at - 1), right: `là, ${textFrom(clause, at + 1)}`, rank: 5 }];
  });

/** « …, parce que », « … tandis que »: the connector becomes one that opens a sentence. */
export const splitReason: Splitter = (clause) =>
  closingOpeners(clause, /^qu(?:e|')$/u).flatMap((at) => {
    const { words } = clause;
    const connector = CONNECTORS.find(({ words: own }) =>
      own.every((form, i) => words[at - own.length + i]?.form === form),
    );
    if (connector === undefined) return [];
    const from = at - connector.words.length;
    const end = beforeComma(clause, from);
    const isNegated = words.slice(0, from).some(({ form }) => form === 'ne' || form === "n'");
    const isWeighed = /^(?:et|mais|ou|non|seulement|surtout)$/u.test(words[end - 1]?.form ?? '');
    if (isWeighed || (isNegated && end === from)) return [];
    return [{ left: textBefore(clause, end), right: `${connector.opening} ${textFrom(clause, at + 1)}`, rank: 5 }];
  });

/** « Il dormait, lorsque Paul entra » → « Alors Paul entra » */
export const splitThen: Splitter = (clause) =>
  closingOpeners(clause, /^(?:quand|lorsque|lorsqu')$/u).flatMap((at) => {
    const verbs = spokenVerbs(clause);
    const main = verbs.findLast((use) => use.at < at && use.role === 'main');
    const verb = verbs.find((use) => use.at > at);
    if (main === undefined || verb === undefined || !isPast(clause, verb)) return [];
    const isBackground = ((clause.words[main.at]?.verb?.tenses ?? 0) & TENSE.imperfect) !== 0;
    if (!isBackground || clause.words[verb.at + 1]?.tag === 'past-participle') return [];
    const left = textBefore(clause, beforeComma(clause, at));
    return [{ left, right: `alors ${textFrom(clause, at + 1)}`, rank: 5 }];
  });

/** « Quand il entra, elle se leva » → « Il entra. Alors elle se leva » */
export const splitWhen: Splitter = (clause) => {
  const { words } = clause;
  const opener = words.findIndex(({ isWord }) => isWord);
  if (!/^(?:quand|lorsque|lorsqu')$/u.test(words[opener]?.form ?? '')) return [];
  const [first, second] = spokenVerbs(clause);
  if (first?.role !== 'dependent' || second?.role !== 'main') return [];
  // « Quand il eut fini » has no tense of its own outside its clause
  const isFinished = words[first.at + 1]?.tag === 'past-participle';
  if (isFinished || !isPast(clause, first) || !isPast(clause, second)) return [];
  const commas = words.flatMap(({ text }, i) => (text === ',' && i > first.at && i < second.from ? [i] : []));
  const [comma] = commas;
  if (comma === undefined || commas.length > 1) return [];
  const left = capitalise(textFrom(clause, opener + 1, comma).trimEnd());
  return [{ left, right: `alors ${textFrom(clause, comma + 1)}`, rank: 5 }];
};
