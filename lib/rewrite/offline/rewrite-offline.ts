import { countWords } from '@/lib/french/words';
import { checkRewrite } from '@/lib/rewrite/check-reply';
import type { LongSentence, Rewrite, RewriteSettings } from '@/lib/rewrite/engine';
import { type Clause, canStand, type Split, type Splitter, toClause } from './clause';
import { splitBeforeSpeech, splitCoordinated } from './coordinated-clauses';
import { splitOpening, splitReason, splitThen } from './dependent-clauses';
import { splitEnumeration } from './enumerations';
import { splitMedialParticiple, splitParticiple } from './participles';
import { splitObjectRelative, splitOfWhich, splitRelative, splitWhere } from './relative-clauses';
import { fillFrame, toFrame } from './sentence-frame';
import { splitSharedVerb } from './shared-verbs';

const PLAIN: Splitter[] = [splitCoordinated, splitBeforeSpeech];
const BOLD: Splitter[] = [
  ...PLAIN,
  splitSharedVerb,
  splitReason,
  splitThen,
  splitOpening,
  splitRelative,
  splitObjectRelative,
  splitOfWhich,
  splitWhere,
  splitParticiple,
  splitMedialParticiple,
  splitEnumeration,
];
/** When a check fails on what the bold ones made, the plain ones may still do. */
const ATTEMPTS = [BOLD, PLAIN];

type Limits = Pick<RewriteSettings, 'maxWords' | 'minWords'>;

/** Less change first, then the more even cut. */
function byPreference(a: Split, b: Split): number {
  const longer = (split: Split) => Math.max(split.left.length, split.right.length);
  return a.rank - b.rank || longer(a) - longer(b);
}

/** Marks that stood at the border belong to neither side. */
const trimBorder = ({ left, right, rank }: Split): Split => ({
  left: left.replace(/[\s,;:—–]+$/u, ''),
  right: right.replace(/^[\s,;:—–]+/u, '').replace(/,\s*(?=,)/gu, ''),
  rank,
});

function isSound({ left, right }: Split, clause: Clause, { minWords }: Limits): boolean {
  const isShorter = right.length < clause.text.length && left.length < clause.text.length;
  return (
    isShorter && countWords(left) >= minWords && countWords(right) >= minWords && canStand(left) && canStand(right)
  );
}

/** The bodies of the sentences that `body` can honestly become; itself alone when it can only stay as it is. */
function shorten(body: string, splitters: Splitter[], limits: Limits): string[] {
  if (countWords(body) <= limits.maxWords) return [body];
  const clause = toClause(body);
  const splits = splitters
    .flatMap((splitter) => splitter(clause))
    .map(trimBorder)
    .sort(byPreference);
  const split = splits.find((one) => isSound(one, clause, limits));
  if (split === undefined) return [body];
  return [...shorten(split.left, splitters, limits), ...shorten(split.right, splitters, limits)];
}

/** Rewrites one sentence by rule. Loads the lexicons: call it off the main thread, by `createOfflineEngine`. */
export function rewriteOffline(sentence: LongSentence, settings: Limits): Rewrite {
  const { position, text } = sentence;
  const frame = toFrame(text);
  for (const splitters of ATTEMPTS) {
    const bodies = shorten(frame.body, splitters, settings);
    if (bodies.length === 1) break;
    const rewrites = fillFrame(frame, bodies);
    const flags = checkRewrite(sentence, rewrites, settings);
    if (flags.every((flag) => flag === 'over_limit'))
      return { position, status: 'rewritten', rewrites, method: 'offline', flags };
  }
  return {
    position,
    status: 'kept',
    rewrites: [text],
    method: 'kept',
    flags: checkRewrite(sentence, [text], settings),
  };
}
