import { and, asc, desc, eq, gt, gte, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { prepared } from '@/db/prepared';
import { chunks, jobs, novels, sentences } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { hasText } from './has-text';
import { type ChunkRow, type JobRow, type SentenceRow, toChunk, toJob, toSentence } from './present-job';
import type { Chunk, ChunkPage, Job, JobListQuery, JobPage, SentenceListQuery, SentencePage } from './schema';

export interface VersionedJob {
  job: Job;
  /** Grows with every change: the ETag, and the id of live events. */
  version: number;
}

const isTheirs = () => and(eq(jobs.id, sql.placeholder('jobId')), eq(jobs.userId, sql.placeholder('userId')));

const jobOfUser = prepared((database) =>
  database
    .select({ job: jobs, novel: novels })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(isTheirs())
    .prepare('job_of_user'),
);

/** Somebody else's job is as absent as none. */
export async function getJob(userId: string, jobId: string): Promise<VersionedJob> {
  const [row] = await jobOfUser().execute({ jobId, userId });
  if (!row) throw noSuchJob();
  const failed = row.job.failedChunks > 0 ? await listFailedChunks([jobId]) : [];
  return { job: toJob(row.job, row.novel, failed), version: row.job.version };
}

export interface JobVersion {
  status: JobRow['status'];
  version: number;
}

const versionOfUser = prepared((database) =>
  database
    .select({ status: jobs.status, version: jobs.version })
    .from(jobs)
    .where(isTheirs())
    .prepare('job_version_of_user'),
);

/** As getJob, for whoever may know the job as it is: asking costs a fraction. */
export async function getJobVersion(userId: string, jobId: string): Promise<JobVersion> {
  const [row] = await versionOfUser().execute({ jobId, userId });
  if (!row) throw noSuchJob();
  return row;
}

const noSuchJob = () => new AppError('NOT_FOUND', 'There is no such job.');

export async function listJobs(userId: string, query: typeof JobListQuery._output): Promise<JobPage> {
  const { status, q, cursor, limit } = query;
  const conditions: SQL[] = [eq(jobs.userId, userId)];
  if (status) conditions.push(eq(jobs.status, status));
  if (q) conditions.push(hasText(novels.name, q));
  if (cursor) conditions.push(lt(jobs.id, cursor));
  const rows = await db()
    .select({ job: jobs, novel: novels })
    .from(jobs)
    .innerJoin(novels, eq(novels.id, jobs.novelId))
    .where(and(...conditions))
    .orderBy(desc(jobs.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const failed = await listFailedChunks(page.filter(({ job }) => job.failedChunks > 0).map(({ job }) => job.id));
  return {
    items: page.map(({ job, novel }) =>
      toJob(
        job,
        novel,
        failed.filter(({ jobId }) => jobId === job.id),
      ),
    ),
    next: rows.length > limit ? (page.at(-1)?.job.id ?? null) : null,
  };
}

async function listFailedChunks(jobIds: string[]): Promise<ChunkRow[]> {
  if (jobIds.length === 0) return [];
  return db()
    .select()
    .from(chunks)
    .where(and(or(...jobIds.map((id) => eq(chunks.jobId, id))), eq(chunks.status, 'failed')))
    .orderBy(asc(chunks.jobId), asc(chunks.index));
}

export async function listChunks(userId: string, jobId: string): Promise<ChunkPage> {
  await getJob(userId, jobId);
  const [rows, methods] = await Promise.all([
    db().select().from(chunks).where(eq(chunks.jobId, jobId)).orderBy(asc(chunks.index)),
    methodsOfChunks(jobId),
  ]);
  return { items: rows.map((chunk) => toChunk(chunk, methods.get(chunk.index) ?? null)), next: null };
}

async function methodsOfChunks(jobId: string): Promise<Map<number, Chunk['method']>> {
  const { chunkIndex: index, method } = sentences;
  const by = (isIts: SQL) => sql<boolean>`bool_or(${isIts})`;
  const made = await db()
    .select({ index, offline: by(sql`${method} = 'offline'`), gemini: by(sql`${method} like 'gemini%'`) })
    .from(sentences)
    .where(and(eq(sentences.jobId, jobId), eq(sentences.status, 'rewritten'), ne(method, 'reader')))
    .groupBy(index);
  const methodOf = (chunk: (typeof made)[number]) =>
    chunk.offline && chunk.gemini ? 'mixed' : chunk.gemini ? 'gemini' : 'offline';
  return new Map(made.map((chunk) => [chunk.index, methodOf(chunk)]));
}

export async function listSentences(
  userId: string,
  jobId: string,
  query: typeof SentenceListQuery._output,
): Promise<SentencePage> {
  await getJob(userId, jobId);
  const { after, limit, page, kind, q } = query;
  const conditions: (SQL | undefined)[] = [eq(sentences.jobId, jobId), gt(sentences.position, after)];
  if (kind) conditions.push(eq(sentences.kind, kind));
  if (page) conditions.push(lte(sentences.pageStart, page), gte(sentences.pageEnd, page));
  if (q) {
    conditions.push(or(hasText(sentences.original, q), hasText(sql`array_to_string(${sentences.rewrites}, ' ')`, q)));
  }
  const rows = await db()
    .select()
    .from(sentences)
    .where(and(...conditions))
    .orderBy(asc(sentences.position))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return {
    items: items.map(toSentence),
    next: rows.length > limit ? String(items.at(-1)?.position) : null,
  };
}

const BATCH = 1000;

/** All sentences of a job in order, a batch at a time, so that a long novel is never whole in memory. */
export async function* readSentences(jobId: string): AsyncGenerator<SentenceRow[]> {
  for (let after = -1; ; ) {
    const rows = await db()
      .select()
      .from(sentences)
      .where(and(eq(sentences.jobId, jobId), gt(sentences.position, after)))
      .orderBy(asc(sentences.position))
      .limit(BATCH);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.position;
  }
}
