import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { askEngine } from './ask-engine';
import { EngineRun, presentRun } from './present-run';
import type { RunPage, RunQuery } from './schema';

const STATUSES = { running: 'Running', completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' } as const;

/** For admins: what the engine has run, the newest first. Throws NOT_FOUND when another Inngest runs our functions. */
export async function listRuns({ status, function: functionId, cursor, limit }: RunQuery): Promise<RunPage> {
  const query = new URLSearchParams({ limit: String(limit + 1) });
  if (status !== undefined) query.set('status', STATUSES[status]);
  if (functionId !== undefined) query.set('function_id', functionId);
  if (cursor !== undefined) query.set('before', cursor);
  const runs = await askEngine(`/v1/runs?${query}`, z.array(EngineRun));
  if (!runs) throw new AppError('NOT_FOUND', 'The runs of this engine are in its own dashboard.');
  const page = runs.slice(0, limit);
  return {
    items: page.map(presentRun),
    next: runs.length > limit ? (page.at(-1)?.run_id ?? null) : null,
  };
}
