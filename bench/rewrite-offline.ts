import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeNovel } from '@/e2e/support/novel-maker';
import { standsAlone } from '@/lib/french/clauses';
import { contentRecall } from '@/lib/french/content-words';
import { hasFiniteVerb } from '@/lib/french/finite-verb';
import type { Paragraph, Sentence } from '@/lib/french/novel-text';
import { splitSentences } from '@/lib/french/split-sentences';
import { tagWords } from '@/lib/french/tag-words';
import { countWords } from '@/lib/french/words';
import { decide } from '@/lib/rewrite/needs-rewrite';
import { rewriteOffline } from '@/lib/rewrite/offline/rewrite-offline';
import type { Measurement } from './measurement';

/** Holds A_texts (novels as text) and E_treebank (CoNLL-U); without it a made novel is measured, and no treebank. */
const { FIXTURES_DIR } = process.env;
const LIMITS = [8, 12];
const MAX_TREEBANK_WORDS = 12;

export async function run(): Promise<Measurement[]> {
  const sentences = splitSentences(await paragraphs());
  tagWords('Il charge les lexiques.');
  return [...LIMITS.flatMap((maxWords) => measureRewrites(sentences, maxWords)), ...measureFiniteVerbs()];
}

const toParagraph = (text: string): Paragraph => ({
  kind: /^[—«]/u.test(text) ? 'dialogue' : 'narration',
  text: text.replace(/\s+/gu, ' ').trim(),
  pageStart: 1,
  pageTurns: [],
});

async function paragraphs(): Promise<Paragraph[]> {
  if (FIXTURES_DIR === undefined) {
    process.stdout.write('  FIXTURES_DIR is not set: measured on a made novel, without the treebank\n');
    return (await makeNovel({ seed: 12, pages: 300 })).sentences.map(toParagraph);
  }
  const folder = join(FIXTURES_DIR, 'A_texts');
  const novels = readdirSync(folder).filter((name) => name.endsWith('.txt') && !name.startsWith('raw_'));
  return novels.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/\n\s*\n/u)
      .filter((block) => block.trim() !== '' && !block.startsWith('#'))
      .map(toParagraph),
  );
}

function measureRewrites(sentences: Sentence[], maxWords: number): Measurement[] {
  const settings = { maxWords, minWords: 2 };
  const isLong = (sentence: Sentence) => decide(sentence, { maxWords, ignoreDialogue: false }) === 'rewrite';
  const long = sentences.filter(isLong);
  const before = process.cpuUsage();
  const results = long.map(({ kind, text }, position) => rewriteOffline({ position, kind, text }, settings));
  const { user, system } = process.cpuUsage(before);

  const rewritten = results.filter(({ status }) => status === 'rewritten');
  const generated = rewritten.flatMap(({ rewrites }) => rewrites);
  const after = [
    ...sentences.filter((one) => !isLong(one)).map(({ text }) => text),
    ...results.flatMap((one) => one.rewrites),
  ];
  const recalls = rewritten.map(({ position, rewrites }) =>
    contentRecall(tagWords(long[position]?.text ?? ''), rewrites.flatMap(tagWords)),
  );
  const share = (part: number, whole: number) => (100 * part) / Math.max(1, whole);
  const named = (what: string) => `${what}, limit ${maxWords}`;
  return [
    { what: named('sentences over it'), value: long.length, unit: '' },
    { what: named('rewritten'), value: share(rewritten.length, long.length), unit: '%' },
    {
      what: named('resulting sentences within it'),
      value: share(after.filter((text) => countWords(text) <= maxWords).length, after.length),
      unit: '%',
      ...(maxWords === 12 ? { goal: { atLeast: 85 } } : {}),
    },
    {
      what: named('fragments by our own check'),
      value: share(generated.filter((text) => !standsAlone(tagWords(text))).length, generated.length),
      unit: '%',
      goal: { atMost: 2 },
    },
    {
      what: named('content words recalled, mean'),
      value: recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length),
      unit: '',
      goal: { atLeast: 0.95 },
    },
    {
      what: named('rewritten a second a core'),
      value: long.length / ((user + system) / 1e6),
      unit: '/s',
      goal: { atLeast: 2000 },
    },
  ];
}

/** Against the treebank's own marks of finite verbs, on its sentences of at most twelve words. */
function measureFiniteVerbs(): Measurement[] {
  const folder = join(FIXTURES_DIR ?? '', 'E_treebank');
  if (FIXTURES_DIR === undefined || !existsSync(folder)) return [];
  const short = readdirSync(folder)
    .filter((name) => name.endsWith('.conllu'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\n\n+/u))
    .map((block) => ({ text: /^# text = (.*)$/mu.exec(block)?.[1] ?? '', hasVerb: block.includes('VerbForm=Fin') }))
    .filter(({ text }) => text !== '' && countWords(text) <= MAX_TREEBANK_WORDS);
  const shareFound = (hasVerb: boolean) => {
    const some = short.filter((one) => one.hasVerb === hasVerb);
    return (100 * some.filter(({ text }) => hasFiniteVerb(text)).length) / some.length;
  };
  return [
    {
      what: 'treebank sentences falsely called fragments',
      value: 100 - shareFound(true),
      unit: '%',
      goal: { atMost: 2 },
    },
    { what: 'treebank fragments caught', value: 100 - shareFound(false), unit: '%', goal: { atLeast: 95 } },
  ];
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
