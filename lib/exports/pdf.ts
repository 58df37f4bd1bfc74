import { AppError } from '@/lib/errors';
import { createOffloader, OffloadError } from '@/lib/offload';
import type { ExportedNovel, ExportRows } from './export-row';
import { type Passage, passagesOf } from './passages';
import type { TypesetNovel } from './typeset-novel';

const SUBTITLE = 'Réécrit en phrases courtes';
const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 1024 };

const typesetters = createOffloader('lib/exports/pdf-worker.ts', { processes: 1, idleMs: 30_000 });

/** The novel as a typeset A5 book. The typesetting runs in a process of its own. */
export async function exportPdf(
  { title }: ExportedNovel,
  rows: ExportRows,
  options: { signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const passages: Passage[] = [];
  for await (const passage of passagesOf(rows)) passages.push(passage);
  const novel: TypesetNovel = { title, subtitle: SUBTITLE, date: new Date(), passages };
  try {
    return await typesetters.run<Uint8Array>(novel, { ...LIMITS, ...options });
  } catch (error) {
    if (!(error instanceof OffloadError)) throw error;
    throw new AppError('UNAVAILABLE', 'The PDF could not be typeset.', { cause: error });
  }
}
