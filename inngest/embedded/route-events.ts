import { z } from 'zod';
import { isDatabaseAway } from '@/db/persist';
import { steadyNow } from './clock';
import { type Sql, type Tx, transact } from './database';
import { evaluate } from './evaluate-expression';
import type { RoutedEvent } from './events';
import { type Expression, parseExpression } from './expression';
import { listFunctions, type RegisteredFunction } from './register-app';
import { endRun, lockRun, resumeStep } from './run-state';
import { type RunRequest, scheduleRuns } from './schedule-runs';

const BATCH = 100;

export const INVOKED = 'inngest/function.invoked';
const FINISHED = 'inngest/function.finished';
const Invocation = z.object({ _inngest: z.object({ fn_id: z.string(), correlation_id: z.string() }) });
const Outcome = z.object({ correlation_id: z.string(), result: z.unknown().optional(), error: z.unknown().optional() });

const nameMatches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

function isTriggered({ config }: RegisteredFunction, { name, body }: RoutedEvent): boolean {
  return config.triggers.some(
    ({ event, expression }) =>
      event !== undefined &&
      nameMatches(event, name) &&
      (!expression || evaluate(parseExpression(expression), { event: body }) === true),
  );
}

function runsFor(event: RoutedEvent, functions: RegisteredFunction[]): RunRequest[] {
  if (event.name === INVOKED) {
    const { _inngest } = Invocation.parse(event.body.data);
    return functions
      .filter(({ slug }) => slug === _inngest.fn_id)
      .map(({ config }) => ({ config, event, idempotencyKey: event.id, correlation: _inngest.correlation_id }));
  }
  return functions
    .filter((fn) => isTriggered(fn, event))
    .map(({ config }) => ({ config, event, idempotencyKey: event.body.id }));
}

interface Pause {
  id: string;
  kind: 'wait' | 'cancel';
  run_id: string;
  step_id: string | null;
  event_name: string;
  condition: Expression | null;
  after: number;
}

/** Wakes the runs that wait for one of these events, and ends those that it cancels. */
async function matchPauses(tx: Tx, events: RoutedEvent[]): Promise<void> {
  const pauses = await tx<Pause[]>`
    select id, kind, run_id, step_id, event_name, condition, after_ord::float8 as after from pauses
    where event_name = any(${events.map(({ name }) => name)}) and (expires_at is null or expires_at > ${steadyNow(tx)})
    order by run_id, id`;
  for (const { id, kind, run_id, step_id, event_name, condition, after } of pauses) {
    const event = events.find(
      (each) =>
        each.name === event_name &&
        each.ord > after &&
        (!condition || evaluate(condition, { async: each.body }) === true),
    );
    const run = event && (await lockRun(tx, run_id));
    if (!run) continue;
    const taken = await tx`delete from pauses where id = ${id} returning id`;
    if (!taken.length) continue;
    if (kind === 'cancel') await endRun(tx, run, { status: 'Cancelled' });
    else if (step_id) await resumeStep(tx, run, step_id, event.body);
  }
}

/** Gives the result of an invoked function to the step that waits for it. */
async function settleInvocation(tx: Tx, correlation: string, output: unknown): Promise<void> {
  const [pause] = await tx<{ run_id: string; step_id: string }[]>`
    select run_id, step_id from pauses where id = ${correlation} and kind = 'invoke'`;
  const run = pause && (await lockRun(tx, pause.run_id));
  if (run) await resumeStep(tx, run, pause.step_id, output);
}

async function settleInvocations(tx: Tx, events: RoutedEvent[], functions: RegisteredFunction[]): Promise<void> {
  for (const { name, body } of events) {
    if (name === INVOKED) {
      const { _inngest: call } = Invocation.parse(body.data);
      if (functions.some(({ slug }) => slug === call.fn_id)) continue;
      const message = `could not find function with ID: ${call.fn_id}`;
      await settleInvocation(tx, call.correlation_id, { error: { name: 'Error', message } });
    }
    const outcome = name === FINISHED ? Outcome.safeParse(body.data) : undefined;
    if (!outcome?.success) continue;
    const { correlation_id, result, error } = outcome.data;
    // A cancelled function has neither; the genuine server then hands over the event itself.
    const output = error !== undefined ? { error } : 'result' in body.data ? { data: result } : body;
    await settleInvocation(tx, correlation_id, output);
  }
}

/** Writes into `taken` which events it tries to route. */
async function routeBatch(sql: Sql, limit: number, taken: string[] = []): Promise<number> {
  return transact(sql, async (tx) => {
    // Nobody is passed by: what cancels a run must not come before what starts it, whichever engine has that.
    const events = await tx<RoutedEvent[]>`
      select id, name, body, ord::float8 as ord, due_at from events
      where not routed order by ord limit ${limit} for update`;
    taken.splice(0, taken.length, ...events.map(({ id }) => id));
    if (!events.length) return 0;
    const functions = await listFunctions(tx);
    await scheduleRuns(
      tx,
      events.flatMap((event) => runsFor(event, functions)),
    );
    await matchPauses(tx, events);
    await settleInvocations(tx, events, functions);
    await tx`update events set routed = true where id = any(${taken})`;
    return events.length;
  });
}

/** Takes stored events, oldest first: starts functions, wakes and cancels runs. Answers whether there may be more. */
export async function routeEvents(sql: Sql, onError: (error: unknown) => void): Promise<boolean> {
  try {
    return (await routeBatch(sql, BATCH)) === BATCH;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
  }
  // One event that cannot be routed must not hold up the others.
  const taken: string[] = [];
  try {
    await routeBatch(sql, 1, taken);
  } catch (error) {
    if (isDatabaseAway(error) || !taken.length) throw error;
    await sql`update events set routed = true where id = any(${taken})`;
    onError(error);
  }
  return true;
}
