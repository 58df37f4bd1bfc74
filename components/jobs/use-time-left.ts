import { useState } from 'react';
import { estimateTimeLeft } from '@/lib/client/estimate-time-left';
import type { Chunk, Job } from '@/lib/jobs/schema';

/** Seconds left of this run, by what was seen of its chunks. `elapsedSeconds` of the whole run, reading included. */
export function useTimeLeft(job: Job, chunks: Chunk[], elapsedSeconds: number): number | undefined {
  const done = job.processed_chunks + job.failed_chunks.length;
  const running = chunks.filter(({ status }) => status === 'processing').length;
  const isBefore = job.current_step.code !== 'rewriting';
  // Of a run that goes on where another ended, only what is done from now on tells its pace.
  const isResumed = job.retry_count > 0;
  const [start, setStart] = useState({ seconds: isResumed ? elapsedSeconds : 0, done: isResumed ? done : 0 });
  const [last, setLast] = useState({ seconds: elapsedSeconds, done });
  const [workers, setWorkers] = useState(running);
  if (isBefore && start.seconds !== elapsedSeconds) setStart({ seconds: elapsedSeconds, done });
  if (last.done !== done) setLast({ seconds: elapsedSeconds, done });
  if (running > workers) setWorkers(running);
  return estimateTimeLeft({
    chunksTotal: job.total_chunks - start.done,
    chunksDone: done - start.done,
    workers,
    workedSeconds: last.seconds - start.seconds,
    waitedSeconds: elapsedSeconds - last.seconds,
  });
}
