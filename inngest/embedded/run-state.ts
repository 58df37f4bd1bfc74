import { steadyNow } from './clock';
import { json, type Tx } from './database';
import { insertEvents, newEvent, type StoredEvent } from './events';

export interface LockedRun {
  id: string;
  fn: string;
  version: number;
  score: string;
  slot_keys: string[];
  slot_limits: number[];
}

/** Every change to a run happens under this lock; undefined once the run has ended. */
export async function lockRun(tx: Tx, runId: string): Promise<LockedRun | undefined> {
  const [run] = await tx<LockedRun[]>`
    select id, fn, version, score, slot_keys, slot_limits from runs
    where id = ${runId} and status = 'Running' for update`;
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

/** The lease that the next request of a run gets at once, in the slot that the caller has just given up. */
export interface Heir {
  engine: number;
  token: string;
  leaseMs: number;
}

/**
 * Remembers results, the first one of each step only, and goes on with the run when nothing is pending any more.
 * Answers whether the heir got the next request; it does not when other work is waiting, which then has its turn.
 */
export async function completeSteps(tx: Tx, run: LockedRun, steps: CompletedStep[], heir?: Heir): Promise<boolean> {
  const column = (pick: (step: CompletedStep) => string) => steps.map(pick);
  const { engine = null, token = null, leaseMs = 0 } = heir ?? {};
  const [next] = await tx<{ inherited: boolean | null }[]>`
    with completed as (
      insert into steps (run_id, id, op, name, output, attempts, seq, ended_at)
      select ${run.id}, id, op, name, output::json, attempts, nextval('step_order'), now()
      from unnest(
        ${column(({ id }) => id)}::text[], ${column(({ op }) => op)}::text[], ${column(({ name }) => name)}::text[],
        ${column(({ output }) => json(output))}::text[], ${steps.map(({ attempts }) => attempts)}::int[]
      ) as done (id, op, name, output, attempts)
      on conflict (run_id, id) do update
        set op = excluded.op, output = excluded.output, attempts = excluded.attempts, seq = excluded.seq, ended_at = excluded.ended_at
        where steps.seq is null
      returning race
    )
    insert into jobs (run_id, step_id, run_at, score, slot_keys, slot_limits, engine, token, lease_until)
    select ${run.id}, 'step', ${steadyNow(tx)}, ${run.score}, ${run.slot_keys}, ${run.slot_limits}, heir.*
    from (select) as always left join (
      select ${engine}::int, ${token}::uuid, now() + ${leaseMs} * interval '1 ms' where ${engine !== null}
        and not exists (select from jobs where engine is null and run_at <= ${steadyNow(tx)})
    ) as heir on true
    where exists (select from completed where race) or not exists (
      select from steps where run_id = ${run.id} and seq is null and id <> all(${steps.map(({ id }) => id)}))
    on conflict (run_id, step_id) do update set again = true
    returning case when token = ${token} then set_config('inngest.inherited', 'on', true) = 'on' end as inherited`;
  return next?.inherited === true;
}

/** Remembers the result of a step that waited: a sleep, an event, another function. */
export async function resumeStep(tx: Tx, run: LockedRun, stepId: string, output: unknown): Promise<void> {
  const [step] = await tx<CompletedStep[]>`
    select id, op, name, attempts from steps where run_id = ${run.id} and id = ${stepId} and seq is null`;
  if (!step) return;
  await tx`delete from timers where run_id = ${run.id} and step_id = ${stepId}`;
  await tx`delete from pauses where run_id = ${run.id} and step_id = ${stepId}`;
  await completeSteps(tx, run, [{ ...step, output }]);
}

export type RunEnd =
  | { status: 'Completed'; output: unknown }
  | { status: 'Failed'; error: Record<string, unknown>; attempts?: number }
  | { status: 'Cancelled' };

/** Runs that were started by the end of another run do not announce their own: that would never stop. */
const ENDS = new Set(['inngest/function.finished', 'inngest/function.failed', 'inngest/function.cancelled']);

/** Ends a run that the caller has locked: drops what it still had to do and tells whoever listens. */
export async function endRun(tx: Tx, run: LockedRun, end: RunEnd): Promise<void> {
  const output = end.status === 'Completed' ? json(end.output) : null;
  const error = end.status === 'Failed' ? json(end.error) : null;
  const attempts = end.status === 'Failed' ? (end.attempts ?? 0) : 0;
  const [row] = await tx<{ correlation: string | null; event: StoredEvent['body'] }[]>`
    update runs set status = ${end.status}, ended_at = now(), attempts = ${attempts},
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
