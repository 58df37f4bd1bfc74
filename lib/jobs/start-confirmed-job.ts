import { and, eq, gt, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs, novels } from '@/db/schema';
import { AppError, type FieldError } from '@/lib/errors';
import { parseInput } from '@/lib/parse-input';
import type { StoredFile } from '@/lib/storage/file-backend';
import { toSettings } from './chosen-settings';
import { type JobStart, startOf } from './job-start';
import { type JobRow, taskId } from './present-job';
import type { StartedJob } from './quote-schema';
import { JobSettings } from './schema';
import { isTerminal } from './status';

export interface ConfirmedStart {
  answer: StartedJob;
  /** Only for the one whose file was taken; for all others the run has been started already. */
  start?: JobStart;
}

/**
 * Gives a confirmed job its file, once; whoever comes later with the same file is told of the same run. Throws NOT_FOUND,
 * QUOTE_MISMATCH for another file or other settings, QUOTE_EXPIRED or, once the job has ended, JOB_STATE_CONFLICT.
 */
export async function startConfirmedJob(
  userId: string,
  jobId: string,
  file: StoredFile,
  fields: Record<string, string>,
): Promise<ConfirmedStart> {
  return db().transaction(async (tx) => {
    const mine = and(eq(jobs.id, jobId), eq(jobs.userId, userId));
    const [row] = await tx
      .select({ job: jobs, sha256: novels.sha256 })
      .from(jobs)
      .innerJoin(novels, eq(novels.id, jobs.novelId))
      .where(mine);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such job.');
    requireMatch(row, file, fields);
    // Races are answers: of many, one finds the job still waiting.
    const [taken] = await tx
      .update(jobs)
      .set({ fileDueAt: null, queuedAt: sql`now()` })
      .where(and(mine, eq(jobs.status, 'pending'), gt(jobs.fileDueAt, sql`now()`)))
      .returning();
    if (taken) {
      await tx.update(novels).set({ storageKey: file.key }).where(eq(novels.id, taken.novelId));
      return { answer: answerOf(taken, 'The novel is waiting for its turn.'), start: await startOf(tx, jobId) };
    }
    const [now] = await tx.select().from(jobs).where(mine);
    if (!now) throw new AppError('NOT_FOUND', 'There is no such job.');
    if (isTerminal(now.status)) throw new AppError('JOB_STATE_CONFLICT', `The job is ${now.status}.`);
    if (now.fileDueAt) throw new AppError('QUOTE_EXPIRED', 'The file came after the quote had expired.');
    return { answer: answerOf(now, 'The novel has been received before.') };
  });
}

const answerOf = (job: JobRow, message: string): StartedJob => ({
  job_id: job.id,
  task_id: taskId(job),
  status: job.status,
  message,
});

function requireMatch(
  { job, sha256 }: { job: JobRow; sha256: string },
  file: StoredFile,
  fields: Record<string, string>,
): void {
  const quoted = toSettings(job);
  const sent = parseInput(JobSettings, { ...quoted, ...fields });
  const names = JobSettings.keyof().options.filter((name) => sent[name] !== quoted[name]);
  const wrong: FieldError[] = names.map((field) => ({ field, message: `quoted as ${quoted[field]}` }));
  if (file.sha256 !== sha256) wrong.push({ field: 'pdf_file', message: 'not the file that was quoted' });
  if (wrong.length === 0) return;
  throw new AppError('QUOTE_MISMATCH', 'The file or the settings are not those of the quote.', { fields: wrong });
}
