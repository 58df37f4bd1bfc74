import { z } from 'zod';
import { wholeNumber } from '@/lib/whole-number';

export const RUN_STATUSES = ['running', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What a run does that has not ended. */
const WORK_STATES = ['running', 'waiting', 'later'] as const;

const count = z.int().nonnegative();
const instant = z.iso.datetime();

/** How the server that runs our functions is doing. Another Inngest shows its runs in its own dashboard. */
export const EngineState = z.discriminatedUnion('engine', [
  z.object({
    engine: z.literal('embedded'),
    queue: z.object({
      waiting: count.describe('requests to the app that could be made now'),
      running: count,
      later: count.describe('to be tried again, sleeping, or waiting for an event'),
      oldest_waiting_ms: z.number().nonnegative().nullable(),
    }),
    workers: z.array(z.object({ id: z.int(), alive: z.boolean(), leases: count })),
    functions: z.array(
      z.object({ id: z.string(), name: z.string(), running: count, completed: count, failed: count, cancelled: count }),
    ),
  }),
  z.object({ engine: z.literal('foreign'), address: z.string().nullable() }),
  z.object({ engine: z.literal('unreachable'), address: z.string().nullable() }),
]);
export type EngineState = z.infer<typeof EngineState>;
export type EmbeddedState = Extract<EngineState, { engine: 'embedded' }>;

/** An error by its name, and in words only where they are known to quote nothing. */
export const RunError = z.object({ name: z.string(), code: z.string().nullable(), message: z.string().nullable() });
export type RunError = z.infer<typeof RunError>;

export const Run = z.object({
  id: z.string(),
  function: z.object({ id: z.string(), name: z.string() }),
  status: z.enum(RUN_STATUSES),
  state: z.enum(WORK_STATES).nullable().describe('of one that runs'),
  event: z.string(),
  job_id: z.string().nullable(),
  attempts: count.describe('of the step that needed most'),
  steps: z.object({ done: count, total: count.describe('known so far') }),
  queued_at: instant,
  started_at: instant.nullable(),
  ended_at: instant.nullable(),
  error: RunError.nullable().describe('of one that failed, or is tried again outside of its steps'),
});
export type Run = z.infer<typeof Run>;

export const RunPage = z.object({ items: z.array(Run), next: z.string().nullable() });
export type RunPage = z.infer<typeof RunPage>;

export const RunQuery = z.object({
  status: z.enum(RUN_STATUSES).optional(),
  function: z.string().max(300).optional(),
  cursor: z
    .string()
    .regex(/^[0-9A-Z]{26}$/, '“next” of the page before')
    .optional(),
  limit: wholeNumber(1, 100).default(25),
});
export type RunQuery = z.infer<typeof RunQuery>;

const RunStep = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['done', 'failed', 'dropped', ...WORK_STATES]),
  attempts: count,
  took_ms: z.number().nonnegative().nullable().describe('from when it could begin, with its waits; so far, if it runs'),
  error: RunError.nullable().describe('of one that failed, or is tried again'),
});
export type RunStep = z.infer<typeof RunStep>;

export const RunDetails = z.object({ run: Run, steps: z.array(RunStep) });
export type RunDetails = z.infer<typeof RunDetails>;
