import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { askEngine } from './ask-engine';
import { EngineError, EngineRun, presentError, presentRun } from './present-run';
import type { RunDetails } from './schema';

const EngineStep = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['done', 'failed', 'dropped', 'running', 'waiting', 'later']),
  attempts: z.number(),
  took_ms: z.number().nullable(),
  error: EngineError,
});
const Answer = z.object({ run: EngineRun, steps: z.array(EngineStep) });

/** For admins: one run with its steps. Throws NOT_FOUND. */
export async function getRun(runId: string): Promise<RunDetails> {
  const found = await askEngine(`/v1/runs/${encodeURIComponent(runId)}/steps`, Answer);
  if (!found) throw new AppError('NOT_FOUND', 'There is no such run, or it ended long ago.');
  return {
    run: presentRun(found.run),
    steps: found.steps.map(({ error, took_ms: ms, ...step }) => ({
      ...step,
      took_ms: ms === null ? null : Math.max(0, ms),
      error: presentError(error),
    })),
  };
}
