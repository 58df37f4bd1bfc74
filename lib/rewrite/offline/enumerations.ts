import { verbGroupEnd } from '@/lib/french/clauses';
import type { Word } from '@/lib/french/tagged-word';
import { type Clause, type Split, type Splitter, textBefore, textFrom, withSubject } from './clause';
import { findSubject } from './coordinated-clauses';

const OPENS_ITEM =
  /^(?:un|une|des|le|la|les|l'|ce|cet|cette|ces|son|sa|ses|leur|leurs|mon|ma|mes|notre|nos|deux|trois|quatre|plusieurs|quelques)$/u;
const MIN_ITEMS = 3;

/** « …, la tête basse »: how somebody does it, not what is done. */
const BODY =
  /^(?:tête|yeux|œil|bras|mains?|dents|front|visage|face|regard|bouche|cœur|corps|dos|jambes?|lèvres|cheveux|doigts|air|oreilles?|voix|poings?|pieds?|gorge|cou|genoux?|épaules?|joues?|nez|poitrine|ventre|teint|âme|esprit)$/u;

const isDefinite = (form: string | undefined): boolean => /^(?:le|la|les|l')$/u.test(form ?? '');

/** Where the item after the comma or « et » at `at` begins; undefined when none does. */
function itemAfter({ words }: Clause, at: number): number | undefined {
  const isDoubled = words[at]?.text === ',' && words[at + 1]?.form === 'et';
  const start = at + (isDoubled ? 2 : 1);
  const opens = words[start]?.tag === 'determiner' && OPENS_ITEM.test(words[start]?.form ?? '');
  // « les deux sœurs, l’une grande, l’autre petite »
  const isOneOf = /^(?:une?s?|autres?)$/u.test(words[start + 1]?.form ?? '');
  return opens && !isOneOf && !(isDefinite(words[start]?.form) && BODY.test(words[start + 1]?.form ?? ''))
    ? start
    : undefined;
}

/** Where each item of the list of objects from `from` to the end begins; empty when it is no such list. */
function itemStarts(clause: Clause, from: number): number[] {
  const { words, depth } = clause;
  if (words[from]?.tag !== 'determiner' || !OPENS_ITEM.test(words[from]?.form ?? '') || depth.some(Boolean)) return [];
  const starts = [from];
  for (let i = from; i < words.length; i++) {
    if (/^[;:—–-]$/u.test(words[i]?.text ?? '') || words[i]?.tag === 'infinitive') return [];
    const isComma = words[i]?.text === ',';
    if (!isComma && words[i]?.form !== 'et') continue;
    const start = itemAfter(clause, i);
    // Anything else set apart by a comma belongs to its item or to the verb: no telling which
    if (start === undefined) return isComma ? [] : starts;
    if (starts.at(-1) !== start) starts.push(start);
  }
  return starts;
}

/** « Les hommes louaient sa force, les femmes sa bonté »: each has another subject. */
const isDistributed = (words: Word[], from: number): boolean =>
  words.some(
    ({ tag, form }, i) => i > from && tag === 'determiner' && OPENS_ITEM.test(form) && words[i - 1]?.tag === 'other',
  );

/** « Il vit un banc, une table et deux lits » → « Il vit un banc, une table. Il vit deux lits » */
export const splitEnumeration: Splitter = (clause) => {
  const { words, verbs } = clause;
  const main = verbs.at(-1);
  if (main?.role !== 'main' || words.slice(0, main.at).some(({ form }) => form === 'ni')) return [];
  const from = verbGroupEnd(words, main.at);
  const starts = itemStarts(clause, from);
  const subject = findSubject(clause, main);
  const isOtherwise =
    words.slice(main.from, from).some(({ form }) => /^(?:ne|n'|se|s')$/u.test(form)) ||
    words[main.at]?.verb?.lemmas.includes('être') === true ||
    isDistributed(words, from);
  if (starts.length < MIN_ITEMS || subject === undefined || isOtherwise) return [];
  const head = textFrom(clause, words[main.from]?.tag === 'subject' ? main.from + 1 : main.from, from);
  // « les causes et le mobile du crime »: what follows the last item may speak of those before it as well
  const last = starts.at(-1) ?? from;
  const isShared =
    words[last - 1]?.form === 'et' &&
    words.slice(last).some(({ tag, form }) => (tag !== 'determiner' && tag !== 'other') || /^(?:du|des)$/u.test(form));
  return starts.slice(1, isShared ? -1 : undefined).map((start): Split => {
    const end = words[start - 1]?.form === 'et' && words[start - 2]?.text === ',' ? start - 2 : start - 1;
    return { left: textBefore(clause, end), right: withSubject(subject.text, head + textFrom(clause, start)), rank: 7 };
  });
};
