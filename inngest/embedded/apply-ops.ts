import { z } from 'zod';
import { steadyNow } from './clock';
import { json, type Tx } from './database';
import { dueAfter, parseWait } from './duration';
import { bind } from './evaluate-expression';
import { insertEvents, newEvent } from './events';
import { parseExpression } from './expression';
import { Label } from './label';
import type { Op } from './read-answer';
import { INVOKED } from './route-events';
import { completeSteps, endRun, type Heir, type LockedRun } from './run-state';

const INVOKE_TIMEOUT = '365d';

const WaitOptions = z.object({ event: z.string().nullish(), timeout: z.string().nullish(), if: z.string().nullish() });
const InvokeOptions = z.object({
  function_id: z.string(),
  payload: z.object({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  timeout: z.string().nullish(),
});

const PENDING = new Set(['StepPlanned', 'Sleep', 'WaitForEvent', 'InvokeFunction']);
const DONE = new Set(['StepRun', 'StepError', 'StepFailed']);
const nameOf = ({ displayName, name, id }: Op): string => displayName ?? name ?? id;

/** Runs that cannot go on as they are: an operation that is unknown or malformed, or too many of them. */
class ImpossibleOps extends Error {}

async function startTimer(tx: Tx, run: LockedRun, op: Op, kind: string, wait: string): Promise<void> {
  await tx`
    insert into timers (id, kind, run_id, step_id, due_at)
    values (${`${run.id}:${op.id}`}, ${kind}, ${run.id}, ${op.id}, ${dueAfter(tx, parseWait(wait))})`;
}

async function waitForEvent(tx: Tx, run: LockedRun, op: Op): Promise<void> {
  const options = WaitOptions.parse(op.opts ?? {});
  const [trigger] = await tx<{ body: unknown }[]>`
    select body from events join runs on event_id = events.id where runs.id = ${run.id}`;
  const condition = options.if ? bind(parseExpression(options.if), 'event', trigger?.body) : null;
  const eventName = Label.parse(options.event ?? op.name ?? '');
  await tx`
    insert into pauses (id, kind, run_id, step_id, event_name, condition)
    values (${`${run.id}.${op.id}`}, 'wait', ${run.id}, ${op.id}, ${eventName},
      ${condition && json(condition)}::text::json)`;
  await startTimer(tx, run, op, 'wait', options.timeout ?? '');
}

async function invokeFunction(tx: Tx, run: LockedRun, op: Op): Promise<void> {
  const { function_id, payload, timeout } = InvokeOptions.parse(op.opts ?? {});
  const correlation = `${run.id}.${op.id}`;
  const call = { fn_id: function_id, correlation_id: correlation, source_fn_id: run.fn, name: nameOf(op) };
  await tx`
    insert into pauses (id, kind, run_id, step_id) values (${correlation}, 'invoke', ${run.id}, ${op.id})`;
  await startTimer(tx, run, op, 'invoke', timeout ?? INVOKE_TIMEOUT);
  await insertEvents(tx, [newEvent(INVOKED, { ...payload?.data, _inngest: call })]);
}

/** Enqueues one request for each step; they share the slots of the run. */
async function planSteps(tx: Tx, run: LockedRun, ids: string[]): Promise<void> {
  await tx`
    insert into jobs (run_id, step_id, run_at, score, slot_keys, slot_limits)
    select ${run.id}, id, ${steadyNow(tx)}, ${run.score}, ${run.slot_keys}, ${run.slot_limits}
    from unnest(${ids}::text[]) with ordinality as planned (id, place) order by place`;
}

/** Writes down which steps are pending and sets each of them going; a step that is known already is left alone. */
async function addPending(tx: Tx, run: LockedRun, ops: Op[], optimised: boolean): Promise<void> {
  const rows = ops.map((op) => ({
    run_id: run.id,
    id: op.id,
    op: op.op,
    name: nameOf(op),
    race: !optimised || op.opts?.parallelMode === 'race',
  }));
  const added = await tx<{ id: string }[]>`
    insert into steps (run_id, id, op, name, race)
    select run_id, id, op, name, race from json_populate_recordset(null::steps, ${json(rows)}::text::json)
    on conflict (run_id, id) do nothing returning id`;
  const ids = new Set(added.map(({ id }) => id));
  const fresh = ops.filter(({ id }) => ids.has(id));
  const planned = fresh.filter(({ op }) => op === 'StepPlanned');
  if (planned.length)
    await planSteps(
      tx,
      run,
      planned.map(({ id }) => id),
    );
  for (const op of fresh) {
    if (op.op === 'Sleep') await startTimer(tx, run, op, 'sleep', op.name ?? '');
    if (op.op === 'WaitForEvent') await waitForEvent(tx, run, op);
    if (op.op === 'InvokeFunction') await invokeFunction(tx, run, op);
  }
}

function checkOps(ops: Op[]): void {
  const unknown = ops.find(({ op }) => !PENDING.has(op) && !DONE.has(op));
  if (unknown) throw new ImpossibleOps(`the embedded engine does not support the operation ${unknown.op}`);
}

const isImpossible = (error: unknown): error is Error =>
  [ImpossibleOps, z.ZodError, RangeError, SyntaxError].some((kind) => error instanceof kind);

async function addPendingOrFail(tx: Tx, run: LockedRun, ops: Op[], optimised: boolean): Promise<boolean> {
  try {
    checkOps(ops);
    const pending = ops.filter(({ op }) => PENDING.has(op));
    if (pending.length) await addPending(tx, run, pending, optimised);
    return true;
  } catch (error) {
    if (!isImpossible(error)) throw error;
    await endRun(tx, run, { status: 'Failed', error: { name: error.name, message: error.message } });
    return false;
  }
}

interface Answered {
  ops: Op[];
  attempts: number;
  /** Whether the SDK leaves it to the engine to wait for all parallel steps. */
  optimised: boolean;
}

/**
 * Applies what the app answered to a run that the caller has locked, and enqueues what follows from it.
 * Answers whether the heir got the next request.
 */
export async function applyOps(tx: Tx, run: LockedRun, answered: Answered, heir?: Heir): Promise<boolean> {
  const { ops, attempts, optimised } = answered;
  const end = ops.find(({ op }) => op === 'RunComplete');
  if (end) {
    await endRun(tx, run, { status: 'Completed', output: end.data ?? null });
    return false;
  }
  if (!(await addPendingOrFail(tx, run, ops, optimised))) return false;
  const done = ops.filter(({ op }) => DONE.has(op));
  const steps = done.map((op) => ({
    id: op.id,
    op: op.op,
    name: nameOf(op),
    output: op.op === 'StepRun' ? { data: op.data ?? null } : { error: op.error ?? null },
    attempts,
  }));
  return completeSteps(tx, run, steps, heir);
}
