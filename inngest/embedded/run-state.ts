import { json, type Tx } from './database';
import { insertEvents, newEvent, type StoredEvent } from './events';

export interface LockedRun {
  id: string;
  fn: string;
  score: string;
  slot_keys: string[];
  slot_limits: number[];
}

/** Every change to a run happens under this lock; undefined once the run has ended. */
export async function lockRun(tx: Tx, runId: string): Promise<LockedRun | undefined> {
  const [run] = await tx<LockedRun[]>`
    select id, fn, score, slot_keys, slot_limits from runs where id = ${runId} and status = 'Running' for update`;
  return run;
}

export interface CompletedStep {
  id: string;
  op: string;
  name: string;
  /** As the SDK will get it back: `{data}`, `{error}`, null, or an event. */
  output: unknown;
  attempts: number;
}

/** Remembers results, the first one of each step only, and goes on with the run. */
export async function completeSteps(tx: Tx, run: LockedRun, steps: CompletedStep[]): Promise<void> {
  const completed = await tx<{ race: boolean }[]>`
    insert into steps (run_id, id, op, name, output, attempts, seq, ended_at)
    select ${run.id}, id, op, name, output, attempts, nextval('step_order'), now()
    from json_populate_recordset(null::steps, ${json(steps)}::text::json)
    on conflict (run_id, id) do update
      set output = excluded.output, attempts = excluded.attempts, seq = excluded.seq, ended_at = excluded.ended_at
      where steps.seq is null
    returning race`;
  await askWhatNext(
    tx,
    run,
    completed.some(({ race }) => race),
  );
}

/** Remembers the result of a step that waited (a sleep, an event, another function), and goes on with the run. */
export async function resumeStep(tx: Tx, run: LockedRun, stepId: string, output: unknown): Promise<void> {
  const [resumed] = await tx<{ race: boolean }[]>`
    update steps set output = ${json(output)}::text::json, seq = nextval('step_order'), ended_at = now()
    where run_id = ${run.id} and id = ${stepId} and seq is null returning race`;
  if (!resumed) return;
  await tx`delete from timers where run_id = ${run.id} and step_id = ${stepId}`;
  await tx`delete from pauses where run_id = ${run.id} and step_id = ${stepId}`;
  await askWhatNext(tx, run, resumed.race);
}

/** Enqueues the request that finds out what comes next: when no step is pending, or at once in a race. */
async function askWhatNext(tx: Tx, run: LockedRun, race: boolean): Promise<void> {
  await tx`
    insert into jobs (run_id, step_id, score, slot_keys, slot_limits)
    select ${run.id}, 'step', ${run.score}, ${run.slot_keys}, ${run.slot_limits}
    where ${race} or not exists (select from steps where run_id = ${run.id} and seq is null)
    on conflict (run_id, step_id) do update set again = true`;
}

export type RunEnd =
  | { status: 'Completed'; output: unknown }
  | { status: 'Failed'; error: Record<string, unknown> }
  | { status: 'Cancelled' };

/** Runs that were started by the end of another run do not announce their own: that would never stop. */
const ENDS = new Set(['inngest/function.finished', 'inngest/function.failed', 'inngest/function.cancelled']);

/** Ends a run that the caller has locked: drops what it still had to do and tells whoever listens. */
export async function endRun(tx: Tx, run: LockedRun, end: RunEnd): Promise<void> {
  const output = end.status === 'Completed' ? json(end.output) : null;
  const error = end.status === 'Failed' ? json(end.error) : null;
  const [row] = await tx<{ correlation: string | null; event: StoredEvent['body'] }[]>`
    update runs set status = ${end.status}, ended_at = now(),
      output = ${output}::text::json, error = ${error}::text::json
    from events where runs.id = ${run.id} and events.id = runs.event_id
    returning runs.correlation, events.body as event`;
  await tx`delete from jobs where run_id = ${run.id}`;
  await tx`delete from timers where run_id = ${run.id}`;
  await tx`delete from pauses where run_id = ${run.id}`;
  if (!row || ENDS.has(row.event.name)) return;
  const data = {
    function_id: run.fn,
    run_id: run.id,
    event: row.event,
    events: [row.event],
    ...(end.status === 'Completed' && { result: end.output }),
    ...(end.status === 'Failed' && { error: end.error }),
    ...(row.correlation && { correlation_id: row.correlation }),
    _inngest: { status: end.status },
  };
  const events = [newEvent('inngest/function.finished', data)];
  if (end.status === 'Failed') events.push(newEvent('inngest/function.failed', data, run.id));
  if (end.status === 'Cancelled') events.push(newEvent('inngest/function.cancelled', data, run.id));
  await insertEvents(tx, events);
}
