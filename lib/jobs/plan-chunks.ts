import { AppError } from '@/lib/errors';

/** So much of the page before a chunk, and of the page after it, goes to the model with it. */
export const CONTEXT_CHARACTERS = 1500;

export interface ChunkPlan {
  /** How many chunks of this job may be processed at once. */
  workers: number;
  /** Contiguous and complete: every page is in exactly one. Pages are 1-based and inclusive. */
  chunks: { index: number; pageStart: number; pageEnd: number }[];
}

const TABLE = [
  { upTo: 30, size: 30, workers: 1 },
  { upTo: 100, size: 20, workers: 3 },
  { upTo: Number.POSITIVE_INFINITY, size: 15, workers: 5 },
] as const;

export const WORKER_COUNTS = TABLE.map((row) => row.workers);

/** The table of the contract. Boundaries depend on the page count alone, so that a run can be repeated. */
export function planChunks(pages: number): ChunkPlan {
  if (!Number.isInteger(pages) || pages < 1) throw new RangeError(`no plan for ${pages} pages`);
  const { size, workers } = TABLE.find((row) => pages <= row.upTo) ?? TABLE[2];
  const chunks = Array.from({ length: Math.ceil(pages / size) }, (_, index) => ({
    index,
    pageStart: index * size + 1,
    pageEnd: Math.min(pages, (index + 1) * size),
  }));
  return { workers, chunks };
}

/** A sentence belongs to the chunk of the page on which it starts. */
export function chunkOfPage<T extends { pageEnd: number }>(chunks: T[], page: number): T {
  const chunk = chunks.find(({ pageEnd }) => page <= pageEnd);
  if (!chunk) throw new AppError('ACCOUNTING_MISMATCH', 'A sentence lies on no page of the plan.');
  return chunk;
}
