import type { Word } from '@/lib/french/tagged-word';
import { isBeOrHave } from '@/lib/french/tagged-word';
import type { Clause } from './clause';

/** Verbs that say nothing without what is said. */
const TAKES_SPEECH = new Set(
  'dire ajouter déclarer demander reprendre répéter penser prétendre affirmer jurer promettre assurer'.split(' '),
);
const endsWithSaying = ({ words, verbs }: Clause): boolean => {
  const last = verbs.findLast(({ role }) => role !== 'incise');
  const lastWord = words.findLastIndex(({ isWord }) => isWord);
  const end = words[lastWord];
  // « il la quitta en disant »
  if (end?.tag === 'present-participle' && end.verb?.lemmas.some((lemma) => TAKES_SPEECH.has(lemma))) return true;
  if (last === undefined) return false;
  const at = words[lastWord]?.tag === 'past-participle' ? lastWord : last.at;
  const next = words[at + 1];
  const isSaidOf =
    at !== last.at && words[last.at - 1]?.tag !== 'clitic' && words[last.at]?.verb?.lemmas.includes('être') === true;
  const isEmpty = !isSaidOf && (next === undefined || (next.text === ',' && last.role === 'main'));
  return isEmpty && (words[at]?.verb?.lemmas.some((lemma) => TAKES_SPEECH.has(lemma)) ?? false);
};

/** « la nuit vint et, après avoir longtemps marché »: the clause of the conjunction is missing. */
function endsAfterConjunction({ words }: Clause): boolean {
  const at = words.findLastIndex(({ tag }, i) => tag === 'coordinator' && words[i + 1]?.text === ',');
  return at > 0 && words.slice(at + 2).every(({ text, tag }) => text !== ',' && tag !== 'subject');
}

/** « Est-ce que, reprit-il »: what is asked follows. */
const endsInAsking = ({ words, verbs }: Clause): boolean =>
  words.some(
    ({ form }, i) =>
      /^qu(?:e|')$/u.test(form) &&
      words[i - 1]?.form === '-ce' &&
      !verbs.some(({ at, role }) => at > i && role !== 'incise'),
  );

export const STRONG = /^(?:moi|toi|lui|elles?|eux|nous|vous)$/u;

/** « vous partez, moi » and « je reste »: the pronoun belongs to what follows. */
const endsInPronoun = ({ words }: Clause): boolean =>
  words.at(-2)?.text === ',' && STRONG.test(words.at(-1)?.form ?? '');
/** « Le mien est, en outre »: what it is has been cut off. */
function endsInBeing({ words, verbs }: Clause): boolean {
  const last = verbs.findLast(({ role }) => role === 'main' || role === 'open');
  const verb = words[last?.at ?? -1]?.verb;
  const next = words[(last?.at ?? -1) + 1];
  const isBeing = verb?.lemmas.includes('être') === true && (next === undefined || next.text === ',');
  // « c’est à dire », « leur coup fait »
  const end = words
    .slice(-2)
    .map(({ form }) => form)
    .join(' ');
  return isBeing || end === 'à dire' || (next === undefined && words[last?.at ?? -1]?.form === 'fait');
}

const isPhraseStart = (word: Word | undefined): boolean => word?.tag === 'determiner' || word?.tag === 'name';
const isCalled = (word: Word | undefined): boolean =>
  isPhraseStart(word) || /^(?:toi|moi|vous|nous)$/u.test(word?.form ?? '');

/** « …, et la tête basse », « … car vous seul »: a list that goes on, or a clause without its verb. */
function endsInPhrase({ words, verbs }: Clause): boolean {
  const lastVerb = verbs.at(-1)?.at ?? 0;
  return words.some(({ form, tag }, i) => {
    if (i <= lastVerb || tag !== 'coordinator' || form === 'ni') return false;
    const opensPhrase = isCalled(words[i + 1]) || /^(?:celui|celle|ceux|celles)$/u.test(words[i + 1]?.form ?? '');
    const goesOn = words.slice(i + 1).some((word) => word.text === ',' || word.tag === 'present-participle');
    const isSetApart = words[i - 1]?.text === ',';
    return form === 'car' || ((isSetApart || form !== 'et') && goesOn) || (isSetApart && opensPhrase);
  });
}

/** « son air, sa voix, tout, jusqu’à son pas »: what « tout » sums up has its verb yet to come. */
const endsInSum = ({ words, verbs }: Clause): boolean => {
  const at = words.findLastIndex(({ form }) => form === 'tout');
  const isSetApart = words[at - 1]?.text === ',' && (at === words.length - 1 || words[at + 1]?.text === ',');
  return isSetApart && !verbs.some((use) => use.at > at);
};

/** « Elle eut beau crier »: what it was in vain for follows. */
const isInVain = ({ words }: Clause): boolean =>
  words.some(({ verb }, i) => isBeOrHave(verb) && words[i + 1]?.form === 'beau' && words[i + 2]?.tag !== 'other');

/** Whether the words announce something that they do not hold. */
export const isUnfinished = (left: Clause): boolean =>
  endsWithSaying(left) ||
  endsAfterConjunction(left) ||
  endsInPhrase(left) ||
  endsInSum(left) ||
  endsInAsking(left) ||
  endsInPronoun(left) ||
  endsInBeing(left) ||
  isInVain(left);
