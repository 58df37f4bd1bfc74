import { z } from 'zod';
import { isErrorCode } from '@/lib/errors';
import type { Run, RunError } from './schema';

const instant = z.iso.datetime();

export const EngineError = z
  .object({ name: z.string().nullable(), cause: z.string().nullable(), message: z.string().nullable() })
  .nullable();

/** A run as the engine tells it. */
export const EngineRun = z.object({
  run_id: z.string(),
  function_id: z.string(),
  name: z.string(),
  status: z.enum(['Running', 'Completed', 'Failed', 'Cancelled']),
  state: z.enum(['running', 'waiting', 'later']).nullable(),
  event_name: z.string(),
  event_data: z.unknown(),
  queued_at: instant,
  started_at: instant.nullable(),
  ended_at: instant.nullable(),
  attempts: z.number(),
  steps_done: z.number(),
  step_count: z.number(),
  error: EngineError,
});
export type EngineRun = z.infer<typeof EngineRun>;

const STATUSES = { Running: 'running', Completed: 'completed', Failed: 'failed', Cancelled: 'cancelled' } as const;

const OfJob = z.object({ jobId: z.string() });
/** A run that another run started by its end tells of that one's event. */
const AfterJob = z.object({ event: z.object({ data: OfJob }) }).transform(({ event }) => event.data);
const JobIn = z.union([OfJob, AfterJob]);

export function presentRun(run: EngineRun): Run {
  const job = JobIn.safeParse(run.event_data);
  return {
    id: run.run_id,
    function: { id: run.function_id, name: run.name },
    status: STATUSES[run.status],
    state: run.state,
    event: run.event_name,
    job_id: job.success ? job.data.jobId : null,
    attempts: run.attempts,
    steps: { done: run.steps_done, total: run.step_count },
    queued_at: run.queued_at,
    started_at: run.started_at,
    ended_at: run.ended_at,
    error: presentError(run.error),
  };
}

/** Errors whose words are ours: others quote what they failed on, and that may be somebody's novel. */
const OURS = ['AppError', 'EngineError'];

export function presentError(error: z.infer<typeof EngineError>): RunError | null {
  if (!error) return null;
  const { name, cause, message } = error;
  const isCode = message !== null && isErrorCode(message);
  return {
    // Libraries wrap what went wrong into errors without a name of their own.
    name: [name, cause].find((one) => one !== null && one !== 'Error' && /^[\w.]{1,80}$/.test(one)) ?? 'Error',
    code: isCode ? message : null,
    message: !isCode && name !== null && OURS.includes(name) ? message : null,
  };
}
