import { db } from '@/db/client';
import { chunks, jobs, novels, sentences, users } from '@/db/schema';
import { newId } from '@/lib/ids';
import type { ChunkStatus, JobStatus, JobStep, SentenceStatus } from '@/lib/jobs/status';

type NewRow<T extends { $inferInsert: unknown }> = Partial<T['$inferInsert']>;

export async function addUser(values: NewRow<typeof users> = {}): Promise<string> {
  const id = newId();
  await db()
    .insert(users)
    .values({ id, email: `${id}@example.org`, ...values });
  return id;
}

async function addNovel(userId: string, values: NewRow<typeof novels> = {}): Promise<string> {
  const id = newId();
  const novel = { id, userId, name: 'novel.pdf', sha256: 'a'.repeat(64), bytes: 1000, pages: 1 };
  await db()
    .insert(novels)
    .values({ ...novel, ...values });
  return id;
}

interface ChunkPlan {
  status?: ChunkStatus;
  sentences?: SentenceStatus[];
}

export interface JobPlan {
  userId?: string;
  status?: JobStatus;
  /** A page each; without them those of an ordinary job in this state. */
  chunks?: ChunkPlan[];
  novel?: NewRow<typeof novels>;
  /** Laid over what the state and the chunks make of the row. */
  job?: NewRow<typeof jobs>;
}

const ORDINARY: Record<JobStatus, ChunkPlan[]> = {
  pending: [{}],
  processing: [{ sentences: ['kept', 'pending'] }],
  completed: [{ status: 'done', sentences: ['kept', 'rewritten'] }],
  failed: [{ status: 'failed', sentences: ['kept', 'failed'] }],
  cancelled: [{ sentences: ['kept', 'pending'] }],
};

const STEPS: Record<JobStatus, JobStep> = {
  pending: 'queued',
  processing: 'rewriting',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A sentence over every usual limit, which both engines can split. */
export const longText = (position: number) =>
  `Le gardien numéro ${position} ouvrit la lourde porte du phare, et sa femme regarda longuement la mer grise.`;

export interface AddedJob {
  jobId: string;
  userId: string;
  novelId: string;
}

/** A job in any state with its chunks and sentences; its counters are counted from them. */
export async function addJob(plan: JobPlan = {}): Promise<AddedJob> {
  const { status = 'pending' } = plan;
  const { chunks: parts = ORDINARY[status] } = plan;
  const userId = plan.userId ?? (await addUser());
  const novelId = await addNovel(userId, { pages: parts.length, ...plan.novel });
  const jobId = newId();
  await db()
    .insert(jobs)
    .values({ ...jobRow(jobId, status, parts), userId, novelId, ...plan.job });
  await db()
    .insert(chunks)
    .values(parts.map((part, index) => chunkRow(jobId, part, index)));
  const rows = sentenceRows(jobId, parts);
  if (rows.length > 0) await db().insert(sentences).values(rows);
  return { jobId, userId, novelId };
}

function jobRow(id: string, status: JobStatus, parts: ChunkPlan[]) {
  const all = parts.flatMap((part) => part.sentences ?? []);
  const count = (wanted: SentenceStatus) => all.filter((one) => one === wanted).length;
  const countChunks = (wanted: ChunkStatus) => parts.filter((part) => part.status === wanted).length;
  const now = new Date();
  const hasEnded = status !== 'pending' && status !== 'processing';
  return {
    id,
    status,
    step: STEPS[status],
    engine: 'offline' as const,
    geminiModel: 'balanced' as const,
    maxWords: 8,
    minWords: 2,
    ignoreDialogue: false,
    fixHyphenation: true,
    preserveFormatting: true,
    workers: 1,
    totalChunks: parts.length,
    processedChunks: countChunks('done'),
    failedChunks: countChunks('failed'),
    sentencesTotal: all.length,
    sentencesKept: count('kept'),
    sentencesRewritten: count('rewritten'),
    sentencesSkipped: count('skipped'),
    sentencesFailed: count('failed'),
    partial: status === 'completed' && countChunks('failed') > 0,
    startedAt: status === 'pending' ? null : now,
    completedAt: hasEnded ? now : null,
    cancelledAt: status === 'cancelled' ? now : null,
    errorCode: status === 'failed' ? 'MODEL_UNAVAILABLE' : null,
  };
}

const chunkRow = (jobId: string, part: ChunkPlan, index: number) => ({
  jobId,
  index,
  pageStart: index + 1,
  pageEnd: index + 1,
  status: part.status ?? 'pending',
  sentences: part.sentences?.length ?? 0,
  errorCode: part.status === 'failed' ? 'MODEL_UNAVAILABLE' : null,
});

function sentenceRows(jobId: string, parts: ChunkPlan[]) {
  const placed = parts.flatMap((part, chunkIndex) =>
    (part.sentences ?? []).map((status) => ({ status, chunkIndex, page: chunkIndex + 1 })),
  );
  return placed.map(({ status, chunkIndex, page }, position) => ({
    jobId,
    position,
    chunkIndex,
    pageStart: page,
    pageEnd: page,
    paragraph: position,
    kind: 'narration' as const,
    original: status === 'kept' ? `La mer monta ${position} fois.` : longText(position),
    rewrites: status === 'rewritten' ? [`Le gardien ${position} ouvrit.`, 'Sa femme regarda la mer.'] : [],
    status,
    skipReason: status === 'skipped' ? 'heading' : null,
    method: status === 'kept' ? ('kept' as const) : status === 'rewritten' ? ('offline' as const) : null,
  }));
}
