import { and, eq, sql } from 'drizzle-orm';
import { novels, sentences } from '@/db/schema';
import type { ChosenSettings } from './chosen-settings';
import { findCached } from './find-cached';
import type { Transaction } from './lock-job';
import type { JobRow } from './present-job';
import { cachedColumns } from './sentence-rows';

/** Settles those open sentences of a job that is tried again which another of the reader's jobs has by now; answers how many. */
export async function takeOverOpen(tx: Transaction, job: JobRow, settings: ChosenSettings): Promise<number> {
  const [novel] = await tx.select({ sha256: novels.sha256 }).from(novels).where(eq(novels.id, job.novelId));
  if (!novel) return 0;
  const open = await tx
    .select({ position: sentences.position, kind: sentences.kind, text: sentences.original })
    .from(sentences)
    .where(and(eq(sentences.jobId, job.id), eq(sentences.status, 'pending')));
  const wanted: typeof open = [];
  for (const sentence of open) wanted[sentence.position] = sentence;
  const cached = await findCached({ userId: job.userId, sha256: novel.sha256 }, settings, wanted, tx);
  if (cached.size === 0) return 0;
  const rows = [...cached].map(([position, rewrite]) => ({ position, ...cachedColumns(rewrite) }));
  await tx.execute(sql`
    update sentences set status = row.status, method = row.method, rewrites = row.rewrites, flags = row.flags
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(position int, status text, method text, rewrites text[], flags text[])
    where sentences.job_id = ${job.id} and sentences.position = row.position`);
  return rows.length;
}
