import { and, count, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels, sentences } from '@/db/schema';
import type { Sentence } from '@/lib/french/novel-text';
import type { ChosenSettings } from './chosen-settings';
import type { Transaction } from './lock-job';
import type { SentenceRow } from './present-job';
import { storableText } from './storable-text';

/** Whose novel it is, and by what its file is known. */
export interface NovelOwner {
  userId: string;
  sha256: string;
}

export type CachedRewrite = Pick<SentenceRow, 'rewrites' | 'method' | 'flags'>;
/** By position. */
export type CachedRewrites = ReadonlyMap<number, CachedRewrite>;

type Client = ReturnType<typeof db> | Transaction;
type Wanted = Pick<Sentence, 'kind' | 'text'>;

/** Each holds what it took over from those before it, so more of them would hardly have more. */
const MAX_EARLIER_JOBS = 5;
const MODEL_METHODS = ['gemini', 'gemini_retry', 'gemini_stronger'] as const;

/**
 * What the model has already made, for this reader and by these settings, of sentences that stand at the same place of the
 * same file; `wanted` is the sentences by position. It has been paid: also by a job that was stopped or failed, not by one that was deleted.
 */
export async function findCached(
  owner: NovelOwner,
  settings: ChosenSettings,
  wanted: readonly Wanted[],
  client: Client = db(),
): Promise<CachedRewrites> {
  const cached = new Map<number, CachedRewrite>();
  if (settings.engine !== 'gemini') return cached;
  const earlier = await listEarlierJobs(client, owner, settings);
  if (earlier.length === 0) return cached;
  for (const { position, kind, original, ...rewrite } of await listRewrites(client, earlier)) {
    const sentence = wanted[position];
    if (sentence?.kind === kind && storableText(sentence.text) === original) cached.set(position, rewrite);
  }
  return cached;
}

/** How many places of the file there are of which `findCached` could find a rewrite. */
export async function countCached(owner: NovelOwner, settings: ChosenSettings, client: Client): Promise<number> {
  const earlier = await listEarlierJobs(client, owner, settings);
  if (earlier.length === 0) return 0;
  const [row] = await client.select({ count: count() }).from(listRewrites(client, earlier).as('rewrites'));
  return row?.count ?? 0;
}

/** Whatever engine went on with it: a rewrite says itself how it was made. */
async function listEarlierJobs(
  client: Client,
  { userId, sha256 }: NovelOwner,
  settings: ChosenSettings,
): Promise<string[]> {
  const rows = await client
    .select({ id: jobs.id })
    .from(novels)
    .innerJoin(jobs, and(eq(jobs.novelId, novels.id), eq(jobs.userId, novels.userId)))
    .where(
      and(
        eq(novels.userId, userId),
        eq(novels.sha256, sha256),
        eq(jobs.geminiModel, settings.geminiModel),
        eq(jobs.maxWords, settings.maxWords),
        eq(jobs.minWords, settings.minWords),
        eq(jobs.settingsChanged, false),
        gt(jobs.sentencesRewritten, 0),
        gt(sql`${jobs.modelCalls} + ${jobs.sentencesCached}`, 0),
      ),
    )
    .orderBy(desc(jobs.sentencesRewritten), desc(jobs.id))
    .limit(MAX_EARLIER_JOBS);
  return rows.map(({ id }) => id);
}

const listRewrites = (client: Client, jobIds: string[]) =>
  client
    .selectDistinctOn([sentences.position], {
      position: sentences.position,
      kind: sentences.kind,
      original: sentences.original,
      rewrites: sentences.rewrites,
      method: sentences.method,
      flags: sentences.flags,
    })
    .from(sentences)
    .where(
      and(
        inArray(sentences.jobId, jobIds),
        eq(sentences.status, 'rewritten'),
        inArray(sentences.method, MODEL_METHODS),
        sql`not ${sentences.flags} @> array['fell_back_to_offline']`,
      ),
    )
    .orderBy(sentences.position, desc(sentences.jobId));
