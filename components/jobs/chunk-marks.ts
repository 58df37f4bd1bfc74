import type { Chunk, Job } from '@/lib/jobs/schema';
import type { ChunkStatus } from '@/lib/jobs/status';

export interface ChunkMark {
  index: number;
  status: ChunkStatus;
}

/** One mark a chunk. Until the list of chunks has come, the job's counts stand in: done first, then failed. */
export function chunkMarks(job: Pick<Job, 'total_chunks' | 'processed_chunks' | 'failed_chunks'>, chunks: Chunk[]) {
  if (chunks.length > 0) return chunks.map(({ index, status }): ChunkMark => ({ index, status }));
  const settled = job.processed_chunks + job.failed_chunks.length;
  return Array.from({ length: job.total_chunks }, (_, index): ChunkMark => {
    if (index < job.processed_chunks) return { index, status: 'done' };
    return { index, status: index < settled ? 'failed' : 'pending' };
  });
}

export function countByStatus(marks: ChunkMark[]): Record<ChunkStatus, number> {
  const counts = { pending: 0, processing: 0, done: 0, failed: 0 };
  for (const { status } of marks) counts[status] += 1;
  return counts;
}
