import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { splitSentences } from '@/lib/french/split-sentences';
import { log } from '@/lib/log';
import { checkRewrite } from '@/lib/rewrite/check-reply';
import type { LongSentence, Rewrite, RewriteSettings, SentenceFlag } from '@/lib/rewrite/engine';
import { SAMPLE_TEXT } from '@/lib/sample';
import { rewriteOffline } from './rewrite-offline';

export interface Reply {
  original: LongSentence;
  rewrites: string[];
  /** The author's sentences around it. */
  neighbours?: string[];
}

export type GrammarWork =
  | { verb: 'rewrite'; sentences: LongSentence[]; settings: RewriteSettings }
  | { verb: 'check'; replies: Reply[]; settings: RewriteSettings }
  | { verb: 'load' }
  | { verb: 'practise' };

const SHORT = { maxWords: 8, minWords: 2 };
const ANY_SENTENCE: LongSentence = { position: 0, kind: 'narration', text: 'Elle ouvrit la porte et regarda la mer.' };

/** Entry of the child processes that hold the lexicons. */
export function run(work: GrammarWork): Rewrite[] | SentenceFlag[][] {
  switch (work.verb) {
    case 'load':
      return [rewriteOffline(ANY_SENTENCE, { ...SHORT, maxWords: 3 })];
    case 'practise':
      practise().catch((error: unknown) => log.warn({ err: error }, 'the grammar could not practise'));
      return [];
    case 'rewrite':
      return work.sentences.map((sentence) => rewriteOffline(sentence, work.settings));
    case 'check':
      return work.replies.map(({ original, rewrites, neighbours }) =>
        checkRewrite(original, rewrites, work.settings, neighbours),
      );
  }
}

let hasPractised = false;

/**
 * Once over the sample, so that all of the grammar is compiled: the first answers of a model come five at once. Work that
 * comes meanwhile waits for one sentence of it.
 */
async function practise(): Promise<void> {
  if (hasPractised) return;
  hasPractised = true;
  const lines = readFileSync(SAMPLE_TEXT, 'utf8').split('\n');
  const sentences = splitSentences(lines.map((text) => ({ kind: 'narration', text, pageStart: 1, pageTurns: [] })));
  for (const [position, { kind, text }] of sentences.entries()) {
    await setImmediate();
    const original = { position, kind, text };
    checkRewrite(original, rewriteOffline(original, SHORT).rewrites, SHORT);
  }
}
