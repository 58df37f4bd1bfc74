import { db } from '@/db/client';
import { env } from '@/lib/env';
import { inspectPdf } from '@/lib/pdf/inspect-pdf';
import { expectGrammar } from '@/lib/rewrite/offline/grammar-processes';
import type { StoredFile } from '@/lib/storage/file-backend';
import { withFile } from '@/lib/storage/store';
import { type ChosenSettings, chooseSettings } from './chosen-settings';
import { estimateNovel, type NovelEstimate } from './estimate-novel';
import type { RunEstimate } from './estimate-run';
import type { NovelOwner } from './find-cached';
import { insertJob } from './insert-job';
import type { JobStart } from './job-start';
import { planChunks } from './plan-chunks';
import { storeAhead } from './store-sentences';
import { findSettings } from './user-settings';

export interface NewJob {
  userId: string;
  file: StoredFile;
  name: string;
  /** As they came in the form; checked here. What is left out is as the user usually wants it. */
  settings: Record<string, unknown>;
  signal?: AbortSignal;
  /** Default: MAX_PAGES. */
  maxPages?: number;
}

/**
 * Looks at the file, puts aside what its run will cost and writes novel, job and chunks in one transaction; sentences that
 * had to be read for the price are stored behind it. Throws the typed answer to a wrong file, INSUFFICIENT_CREDITS or
 * CREDIT_LIMIT_REACHED.
 */
export async function createJob({ userId, file, name, settings, signal, maxPages }: NewJob): Promise<JobStart> {
  const chosen = chooseSettings(settings, await findSettings(userId));
  const { pages, ahead, ...estimate } = await withFile(file.key, async (path) => {
    const { pages } = await inspectPdf(path, { maxPages: maxPages ?? env().MAX_PAGES, ...(signal && { signal }) });
    return { pages, ...(await estimateCost(path, pages, chosen, { owner: { userId, sha256: file.sha256 }, signal })) };
  });
  const novel = { name, sha256: file.sha256, bytes: file.bytes, pages, storageKey: file.key };
  const start = await db().transaction((tx) => insertJob(tx, { userId, novel, settings: chosen, estimate }));
  if (ahead) storeAhead(start.jobId, ahead.read, ahead.rows);
  return start;
}

/** What costs nothing is not read before its time. */
export async function estimateCost(
  path: string,
  pages: number,
  settings: ChosenSettings,
  of: { owner: NovelOwner; signal?: AbortSignal | undefined },
): Promise<RunEstimate & { ahead?: Pick<NovelEstimate, 'read' | 'rows'> }> {
  if (settings.engine === 'offline') return { tokens: 0, credits: 0, cached: 0 };
  const plan = planChunks(pages);
  const { tokens, credits, cached, read, rows } = await estimateNovel(path, plan, settings, of);
  // Not before: the novel's readers have the cores.
  expectGrammar(plan.workers);
  return { tokens, credits, cached, ahead: { read, rows } };
}
