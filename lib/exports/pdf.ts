import { AppError } from '@/lib/errors';
import { createOffloader, OffloadError } from '@/lib/offload';
import { takeTurns } from '@/lib/take-turns';
import type { ExportedNovel, ExportRows } from './export-row';
import { type Passage, passagesOf } from './passages';
import type { TypesetNovel } from './typeset-novel';

const SUBTITLE = 'Réécrit en phrases courtes';
const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 1024 };

const typesetters = createOffloader('lib/exports/pdf-worker.ts', { processes: 1, idleMs: 30_000 });
/** One is typeset and one gathered meanwhile: each is a whole novel in the memory of this process. Readers take turns. */
const inTurn = takeTurns({
  atOnce: 2,
  mostWaiting: 20,
  mostOfOne: 8,
  tooMany: () => new AppError('RATE_LIMITED', 'Many wait for this already.', { retryAfterMs: 10_000 }),
});

/**
 * The novel as a typeset A5 book. The typesetting runs in a process of its own. Throws RATE_LIMITED when too many wait,
 * CANCELLED when the signal says so, UNAVAILABLE.
 */
export const exportPdf = (
  { title }: ExportedNovel,
  rows: ExportRows,
  { who, signal }: { who?: string; signal?: AbortSignal } = {},
): Promise<Uint8Array> =>
  inTurn(
    async () => {
      const passages: Passage[] = [];
      for await (const passage of passagesOf(rows)) {
        signal?.throwIfAborted();
        passages.push(passage);
      }
      return typeset({ title, subtitle: SUBTITLE, date: new Date(), passages }, signal);
    },
    { ...(who !== undefined && { who }), ...(signal && { signal }) },
  );

async function typeset(novel: TypesetNovel, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await typesetters.run<Uint8Array>(novel, { ...LIMITS, ...(signal && { signal }) });
  } catch (error) {
    if (!(error instanceof OffloadError)) throw error;
    throw new AppError('UNAVAILABLE', 'The PDF could not be typeset.', { cause: error });
  }
}
