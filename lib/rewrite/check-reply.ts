import { standsAlone } from '@/lib/french/clauses';
import { contentRecall } from '@/lib/french/content-words';
import { holdsFiniteVerb } from '@/lib/french/finite-verb';
import { isNominalForm } from '@/lib/french/nominal-lexicon';
import { tagWords } from '@/lib/french/tag-words';
import type { Word } from '@/lib/french/tagged-word';
import { countWords } from '@/lib/french/words';
import { type LongSentence, type RewriteSettings, SENTENCE_FLAGS, type SentenceFlag } from './engine';

/** Below it too much of what the author said is gone; a synonym here and there is allowed. */
const MIN_CONTENT_RECALL = 0.85;
const MIN_KNOWN_WORDS = 0.6;
const NUMBER_WORDS = new Set(
  (
    'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante ' +
    'soixante cent cents mille million millions milliard'
  ).split(' '),
);

interface Tagged {
  text: string;
  words: Word[];
}

interface Reply {
  original: Tagged;
  rewrites: Tagged[];
  /** The words of all rewrites. */
  all: Word[];
  maxWords: number;
  neighbours: string[];
}

type Check = (reply: Reply) => boolean;

const isUnchanged = ({ original, rewrites }: Reply): boolean =>
  rewrites.length === 1 && rewrites[0]?.text === original.text;

const isCapitalised = ({ text }: Tagged): boolean => !/^[^\p{L}\p{N}]*\p{Ll}/u.test(text);
const isFinished = ({ text }: Tagged): boolean => /[.!?…][\s»”"’)\]]*$/u.test(text);

function hasBadEdges({ original, rewrites }: Reply): boolean {
  return rewrites.some((rewrite, i) => {
    const mayStartSmall = i === 0 && !isCapitalised(original);
    const mayEndOpen = i === rewrites.length - 1 && !isFinished(original);
    return !(mayStartSmall || isCapitalised(rewrite)) || !(mayEndOpen || isFinished(rewrite));
  });
}

function isForeign({ all }: Reply): boolean {
  const judged = all.filter(({ isWord, tag }) => isWord && tag !== 'name');
  const known = judged.filter(({ tag, form, verb }) => tag !== 'other' || verb !== undefined || isNominalForm(form));
  return judged.length > 3 && known.length / judged.length < MIN_KNOWN_WORDS;
}

const namesOf = (words: Word[]): string[] => words.filter(({ tag }) => tag === 'name').map(({ form }) => form);
const formsOf = (words: Word[]): Set<string> => new Set(words.map(({ form }) => form));

const lacks = (wanted: string[], words: Word[]): boolean => {
  const forms = formsOf(words);
  return wanted.some((form) => !forms.has(form));
};

const numbersOf = (words: Word[]): string[] =>
  words.filter(({ form }) => /\d/u.test(form) || NUMBER_WORDS.has(form)).map(({ form }) => form);

/** « sans voir » may become « il ne voit pas », so both count alike. */
const countNegations = (words: Word[]): number => words.filter(({ form }) => /^(?:ne|n'|sans)$/u.test(form)).length;

const CHECKS: Partial<Record<SentenceFlag, Check>> = {
  over_limit: ({ rewrites, maxWords }) => rewrites.some(({ text }) => countWords(text) > maxWords),
  no_finite_verb: (reply) =>
    !isUnchanged(reply) &&
    holdsFiniteVerb(reply.original.words) &&
    reply.rewrites.some(({ words }) => !standsAlone(words)),
  bad_capital_or_mark: hasBadEdges,
  not_french: isForeign,
  name_missing: ({ original, all }) => lacks(namesOf(original.words), all),
  number_missing: ({ original, all }) => lacks(numbersOf(original.words), all),
  negation_missing: ({ original, all }) => countNegations(all) < countNegations(original.words),
  content_missing: ({ original, all }) => contentRecall(original.words, all) < MIN_CONTENT_RECALL,
  name_added: ({ original, all }) => lacks(namesOf(all), original.words),
  copy_of_neighbour: ({ rewrites, neighbours }) =>
    rewrites.some(({ text }, i) => neighbours.includes(text) || text === rewrites[i - 1]?.text),
  nominal: ({ original }) => !holdsFiniteVerb(original.words),
};

/**
 * What is wrong with `rewrites` as a replacement of `original`, in the order of SENTENCE_FLAGS; empty when nothing is.
 * `neighbours` are the author's sentences around it. Loads the lexicons: call it off the main thread, by `checkReplies`.
 */
export function checkRewrite(
  original: LongSentence,
  rewrites: string[],
  settings: Pick<RewriteSettings, 'maxWords'>,
  neighbours: string[] = [],
): SentenceFlag[] {
  const tag = (text: string): Tagged => ({ text, words: tagWords(text) });
  const tagged = rewrites.map(tag);
  const reply: Reply = {
    original: tag(original.text),
    rewrites: tagged,
    all: tagged.flatMap(({ words }) => words),
    maxWords: settings.maxWords,
    neighbours,
  };
  return SENTENCE_FLAGS.filter((flag) => CHECKS[flag]?.(reply));
}
