import { countWords } from '@/lib/french/words';
import { checkRewrite } from '@/lib/rewrite/check-reply';
import type { LongSentence, Rewrite, RewriteSettings } from '@/lib/rewrite/engine';
import { splitBeforeSpeech } from './before-speech';
import { type Clause, canStand, type Split, type Splitter, toClause } from './clause';
import { splitCoordinated } from './coordinated-clauses';
import { splitOpening, splitReason, splitThen } from './dependent-clauses';
import { splitEnumeration } from './enumerations';
import { splitMedialParticiple } from './participles';
import { splitRelative, splitWhere } from './relative-clauses';
import { fillFrame, framesOf } from './sentence-frame';
import { splitSharedVerb } from './shared-verbs';
import { bothStand } from './stands-alone';

const PLAIN: Splitter[] = [splitCoordinated, splitBeforeSpeech];
const BOLD: Splitter[] = [
  ...PLAIN,
  splitSharedVerb,
  splitReason,
  splitThen,
  splitOpening,
  splitRelative,
  splitWhere,
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
  right: right
    .replace(/^[\s,;:—–…]+/u, '')
    .replace(/,\s*(?=,)/gu, '')
    .replace(/\s+,/gu, ','),
  rank,
});

/** Both sides as clauses when each makes a sentence. */
function tryOut({ left, right }: Split, whole: Clause, { minWords }: Limits): [Clause, Clause] | undefined {
  const isShorter = right.length < whole.text.length && left.length < whole.text.length;
  if (!isShorter || countWords(left) < minWords || countWords(right) < minWords) return undefined;
  const first = toClause(left);
  const second = toClause(right);
  return canStand(first) && canStand(second) && bothStand(first, second) ? [first, second] : undefined;
}

/** The texts of the sentences that a clause can honestly become; its own alone when it can only stay as it is. */
function shorten(clause: Clause, splitters: Splitter[], limits: Limits): string[] {
  if (countWords(clause.text) <= limits.maxWords) return [clause.text];
  const splits = splitters
    .flatMap((splitter) => splitter(clause))
    .map(trimBorder)
    .sort(byPreference);
  for (const split of splits) {
    const sides = tryOut(split, clause, limits);
    if (sides !== undefined) return sides.flatMap((side) => shorten(side, splitters, limits));
  }
  return [clause.text];
}

/** Rewrites one sentence by rule. Loads the lexicons: call it off the main thread, by `createOfflineEngine`. */
export function rewriteOffline(sentence: LongSentence, settings: Limits): Rewrite {
  const { position, text } = sentence;
  for (const frame of framesOf(text)) {
    const whole = toClause(frame.body);
    for (const splitters of ATTEMPTS) {
      const bodies = shorten(whole, splitters, settings);
      if (bodies.length === 1) break;
      const rewrites = fillFrame(frame, bodies);
      if (rewrites === undefined) continue;
      const flags = checkRewrite(sentence, rewrites, settings);
      if (flags.every((flag) => flag === 'over_limit'))
        return { position, status: 'rewritten', rewrites, method: 'offline', flags };
    }
  }
  return {
    position,
    status: 'kept',
    rewrites: [text],
    method: 'kept',
    flags: checkRewrite(sentence, [text], settings),
  };
}
