import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { db } from '@/db/client';
import { jobs } from '@/db/schema';
import type { EngineName } from '@/lib/rewrite/engine';

/** Of one worker for one sentence, until this server has jobs of its own to judge by. */
const FIRST_GUESS_SECONDS: Record<EngineName, number> = { offline: 0.01, gemini: 0.5 };
const RECENT_JOBS = 20;

/** How long a run over so many long sentences will work, at the pace of the last jobs of this engine. */
export async function estimateSeconds(engine: EngineName, sentences: number, workers: number): Promise<number> {
  const recent = await db()
    .select({
      startedAt: jobs.startedAt,
      completedAt: jobs.completedAt,
      workers: jobs.workers,
      done: sql<number>`${jobs.sentencesRewritten} - ${jobs.sentencesCached}`,
    })
    .from(jobs)
    .where(
      and(
        eq(jobs.status, 'completed'),
        eq(jobs.engine, engine),
        eq(jobs.retryCount, 0),
        gt(jobs.sentencesRewritten, jobs.sentencesCached),
      ),
    )
    .orderBy(desc(jobs.createdAt))
    .limit(RECENT_JOBS);
  let worked = 0;
  let done = 0;
  for (const job of recent) {
    if (!job.startedAt || !job.completedAt) continue;
    worked += ((job.completedAt.getTime() - job.startedAt.getTime()) / 1000) * job.workers;
    done += job.done;
  }
  const pace = done === 0 ? FIRST_GUESS_SECONDS[engine] : worked / done;
  return Math.ceil((pace * sentences) / workers);
}
