import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { createOffloader, OffloadError, type Offloader, type OffloadLimits } from '@/lib/offload';
import { SAMPLE_PDF } from '@/lib/sample';
import type { PdfTask } from './read-worker';

const ENTRY = 'lib/pdf/read-worker.ts';

/** One pool for each kind of task, so that an upload's inspection never waits behind the reading of novels. */
const inspectors = createOffloader(ENTRY, { processes: 2, idleMs: 600_000 });
// Every glyph is an object for a moment: with Node's own 16 MB a sixth of the time goes into collecting them.
const readers = createOffloader(ENTRY, { processes: 2, idleMs: 600_000, nurseryMb: 32, inBackground: true });
const pools: Record<PdfTask['kind'], Offloader> = { inspect: inspectors, read: readers, practise: readers };

/**
 * Runs the task in a child process. Over its time or memory, or when two children die of the file: PDF_TOO_COMPLEX. One
 * may have been killed for a reason that is not the file's.
 */
export async function runPdfTask<O>(task: PdfTask, limits: OffloadLimits): Promise<O> {
  const attempt = () => pools[task.kind].run<O>(task, limits);
  try {
    return await attempt().catch((error: unknown) => {
      if (!hasCrashed(error) || limits.signal?.aborted) throw error;
      return attempt();
    });
  } catch (error) {
    if (!(error instanceof OffloadError) || limits.signal?.aborted) throw error;
    throw new AppError('PDF_TOO_COMPLEX', undefined, { cause: error });
  }
}

const hasCrashed = (error: unknown): boolean => error instanceof OffloadError && error.kind === 'crashed';

/** A file that is being uploaded is soon looked at: a process for it starts meanwhile. */
export const expectUpload = () => inspectors.warm();

/** A novel that was looked at is soon read: its process starts meanwhile. */
export const expectNovel = () => readers.warm();

const PRACTICE_LIMITS = { timeoutMs: 60_000, maxMemoryMb: 512 };

/** The next novel finds processes that have looked at one, and read one, before. */
export function practiseReading(): void {
  const practice: PdfTask[] = [
    { kind: 'inspect', path: SAMPLE_PDF, maxPages: Number.POSITIVE_INFINITY },
    { kind: 'practise' },
  ];
  for (const task of practice)
    runPdfTask(task, PRACTICE_LIMITS).catch((error: unknown) =>
      log.warn({ err: error }, 'the first novel will be read without practice'),
    );
}
