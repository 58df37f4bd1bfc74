import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { db } from '@/db/client';
import { chunks, sentences } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import type { Sentence } from '@/lib/french/novel-text';
import { pickSettings } from './chosen-settings';
import type { CachedRewrite, CachedRewrites } from './find-cached';
import { lockJob } from './lock-job';
import { countInChunks, countRows, insertSentences, toRows } from './sentence-rows';
import { storableText } from './storable-text';
import { takeOverOpen } from './take-over-open';

connectTestDatabase();

/** Whatever means something to an array, to JSON or to SQL. */
const ODD = [
  'NULL',
  'null',
  '{}',
  '{"a","b"}',
  '["a", null]',
  'a\\b\\\\c\\"d"e\\u0000\\n',
  "l'été, « d’après »; -- /* $1 */",
  ' deux lignes\r\n\tet une tabulation ',
  '\u00a0\u202f\u2028\ufeff\ufffe\u0001\u001f\u007f',
  '\ud83d\ude00 e\u0301',
];
/** Over the limit of three words, so that it is rewritten, and different from all others. */
const long = (text: string) => `Un deux trois quatre ${text}`;
const PLAN = [
  { index: 0, pageStart: 1, pageEnd: 1 },
  { index: 1, pageStart: 2, pageEnd: 2 },
];
const SETTINGS = { maxWords: 3, ignoreDialogue: false };

const sentence = (text: string, values: Partial<Sentence> = {}): Sentence => ({
  kind: 'narration',
  text,
  paragraph: 0,
  pageStart: 1,
  pageEnd: 1,
  ...values,
});

async function store(novel: Sentence[], cached: CachedRewrites = new Map()) {
  const { jobId } = await addJob({ chunks: [{}, {}] });
  const rows = toRows({ pages: [], sentences: novel }, PLAN, SETTINGS, cached);
  await db().transaction(async (tx) => {
    await insertSentences(tx, jobId, rows);
    await countInChunks(tx, jobId);
  });
  const found = await db().select().from(sentences).where(eq(sentences.jobId, jobId)).orderBy(asc(sentences.position));
  return { jobId, rows, stored: found.map(({ jobId: _, ...row }) => row) };
}

it('stores each column of each row as it is, whether or not an earlier job has it', async () => {
  const novel = [
    sentence(long('titre'), { kind: 'heading' }),
    sentence('NULL', { paragraph: 1, pageEnd: 2 }),
    sentence(long('à reprendre'), { paragraph: 2, pageStart: 2, pageEnd: 2 }),
    sentence(long('à récrire'), { kind: 'dialogue', paragraph: 3, pageStart: 2, pageEnd: 2 }),
    sentence(long('à reprendre sans mention'), { paragraph: 4, pageStart: 2, pageEnd: 2 }),
  ];
  const cached: CachedRewrites = new Map([
    // A sentence that is kept takes nothing over.
    [1, { rewrites: ['jamais'], method: 'gemini', flags: [] }],
    [2, { rewrites: ODD, method: 'gemini_retry', flags: ['over_limit', 'nominal', 'cached'] }],
    [4, { rewrites: [''], method: 'gemini', flags: [] }],
  ]);
  const { jobId, rows, stored } = await store(novel, cached);
  const usual = { rewrites: [], flags: [], skipReason: null, method: null, locked: false };
  const row = (position: number, chunkIndex: number) => {
    const { text: original, ...place } = novel[position] ?? sentence('');
    return { ...usual, position, chunkIndex, original, ...place };
  };
  const taken = { status: 'rewritten' };
  expect(stored).toEqual([
    { ...row(0, 0), status: 'skipped', skipReason: 'heading' },
    { ...row(1, 0), status: 'kept', method: 'kept' },
    { ...row(2, 1), ...taken, method: 'gemini_retry', rewrites: ODD, flags: ['over_limit', 'nominal', 'cached'] },
    { ...row(3, 1), status: 'pending' },
    { ...row(4, 1), ...taken, method: 'gemini', rewrites: [''], flags: ['cached'] },
  ]);
  const counted = await db()
    .select({ index: chunks.index, sentences: chunks.sentences })
    .from(chunks)
    .where(eq(chunks.jobId, jobId))
    .orderBy(asc(chunks.index));
  expect(counted).toEqual([
    { index: 0, sentences: 2 },
    { index: 1, sentences: 3 },
  ]);
  expect(countRows({ pages: [], sentences: novel }, rows)).toMatchObject({
    sentencesTotal: 5,
    sentencesKept: 1,
    sentencesSkipped: 1,
    sentencesRewritten: 2,
  });
});

it('stores any text but for what PostgreSQL cannot hold', async () => {
  const { stored } = await store([...ODD.map(long), long('L\u0000été \ud83d et \ude00')].map((text) => sentence(text)));
  expect(stored.map(({ original }) => original)).toEqual([...ODD.map(long), long('Lété \ufffd et \ufffd')]);
});

it('stores any texts, in any mixture of taken over and open', async () => {
  // By code units, so that there are halves of pairs among them.
  const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
  const one = fc.record({
    text: fc.oneof(text, fc.constantFrom(...ODD)),
    // As an earlier job has stored them.
    rewrites: fc.option(fc.array(text.map(storableText), { minLength: 1, maxLength: 4 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), async (novel) => {
      const cached = new Map<number, CachedRewrite>();
      for (const [position, { rewrites }] of novel.entries())
        if (rewrites) cached.set(position, { rewrites, method: 'gemini', flags: [] });
      const { stored } = await store(
        novel.map((given) => sentence(long(given.text))),
        cached,
      );
      expect(stored.map(({ original, rewrites, flags }) => ({ original, rewrites, flags }))).toEqual(
        novel.map((given) => ({
          original: storableText(long(given.text)),
          rewrites: given.rewrites ?? [],
          flags: given.rewrites ? ['cached'] : [],
        })),
      );
    }),
    { numRuns: 40 },
  );
});

it('takes over for a job that goes on exactly what another has', async () => {
  const userId = await addUser();
  const gemini = { engine: 'gemini' as const };
  const earlier = await addJob({
    userId,
    status: 'completed',
    chunks: [{ status: 'done', sentences: ['rewritten', 'kept'] }],
    job: { ...gemini, modelCalls: 1 },
  });
  await db()
    .update(sentences)
    .set({ method: 'gemini_stronger', rewrites: ODD, flags: ['over_limit', 'nominal'] })
    .where(and(eq(sentences.jobId, earlier.jobId), eq(sentences.status, 'rewritten')));
  const { jobId } = await addJob({
    userId,
    status: 'cancelled',
    chunks: [{ sentences: ['pending', 'kept'] }],
    job: gemini,
  });
  const taken = await db().transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    return job && takeOverOpen(tx, job, pickSettings(job));
  });
  expect(taken).toBe(1);
  const [row] = await db()
    .select()
    .from(sentences)
    .where(and(eq(sentences.jobId, jobId), eq(sentences.position, 0)));
  expect(row).toMatchObject({
    status: 'rewritten',
    method: 'gemini_stronger',
    rewrites: ODD,
    flags: ['over_limit', 'nominal', 'cached'],
  });
});
