import { setTimeout as sleep } from 'node:timers/promises';
import { db, sql } from '@/db/client';
import { addJob, addUser } from '@/db/testing/factories';
import { announce } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { startOf } from '@/lib/jobs/job-start';

export interface Waits {
  /** Seconds in the queue, of every novel. */
  mean: number;
  /** The mean of the reader who waited longest on average. */
  longestOfReaders: number;
  /** Until the first novel of the reader who waited longest for it. */
  longestForFirst: number;
  longest: number;
}

/** A novel of one chunk and one model call, at the end of the line. */
export async function joinLine(userId: string): Promise<string> {
  const { jobId } = await addJob({ userId, chunks: [{ sentences: ['pending'] }], job: { engine: 'gemini' } });
  await announce(jobStartedEvent(await db().transaction((tx) => startOf(tx, jobId))));
  return jobId;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** So many readers with so many novels each, all at once and the worst way: one reader with all of them, then the next. */
export async function queueReaders(readers: number, novelsEach: number): Promise<Waits> {
  const waiting: string[][] = [];
  for (let reader = 0; reader < readers; reader += 1) {
    const userId = await addUser();
    const novels: string[] = [];
    for (let novel = 0; novel < novelsEach; novel += 1) novels.push(await joinLine(userId));
    waiting.push(novels);
  }
  const seconds = await waitsOf(waiting.flat());
  const ofReaders = waiting.map((novels) => novels.map((jobId) => seconds.get(jobId) ?? Number.NaN));
  return {
    mean: mean([...seconds.values()]),
    longestOfReaders: Math.max(...ofReaders.map(mean)),
    longestForFirst: Math.max(...ofReaders.map(([first = Number.NaN]) => first)),
    longest: Math.max(...seconds.values()),
  };
}

async function waitsOf(jobIds: string[]): Promise<Map<string, number>> {
  for (;;) {
    const rows = await sql()<{ id: string; seconds: number }[]>`
      select id, extract(epoch from started_at - queued_at)::float8 as seconds from jobs
      where id = any(${jobIds}) and status = 'completed'`;
    if (rows.length === jobIds.length) return new Map(rows.map(({ id, seconds }) => [id, seconds]));
    await sleep(50);
  }
}
