import { isDatabaseAway } from '@/db/persist';
import { clockMs, steadyNow } from './clock';
import { type Sql, type Tx, transact } from './database';
import { insertEvents, newEvent } from './events';
import { listFunctions, nextTick } from './register-app';
import { endRun, lockRun, resumeStep } from './run-state';
import { scheduleRuns } from './schedule-runs';

interface Timer {
  id: string;
  kind: 'sleep' | 'wait' | 'invoke' | 'start' | 'finish' | 'cron';
  run_id: string | null;
  step_id: string | null;
  fn: string | null;
  cron: string | null;
  due_at: Date;
}

const BATCH = 100;
const INVOKE_TIMED_OUT = {
  error: { name: 'InngestInvokeTimeoutError', message: 'Timed out waiting for invoked function to complete' },
};

/** A schedule goes by the clock that people read. */
const clockOf = (sql: Sql) => sql`case kind when 'cron' then now() else ${steadyNow(sql)} end`;

export const isDue = (sql: Sql) => sql`due_at <= greatest(now(), ${steadyNow(sql)}) and due_at <= ${clockOf(sql)}`;

async function fireCron(tx: Tx, timer: Timer, cron: string): Promise<void> {
  const [taken] = await tx`
    update timers set due_at = ${nextTick(cron)} where id = ${timer.id} and due_at = ${timer.due_at} returning id`;
  const fn = taken && (await listFunctions(tx)).find(({ slug }) => slug === timer.fn);
  if (!fn) return;
  const tick = timer.due_at.toISOString();
  const event = newEvent(
    'inngest/scheduled.timer',
    { cron, scheduledAt: tick, fireAt: new Date(clockMs()).toISOString() },
    tick,
  );
  await insertEvents(tx, [event]);
  await tx`update events set routed = true where id = ${event.id}`;
  await scheduleRuns(tx, [
    { config: fn.config, event: { ...event, ord: 0, due_at: null }, idempotencyKey: `${cron} ${tick}` },
  ]);
}

async function fire(tx: Tx, timer: Timer): Promise<void> {
  if (timer.kind === 'cron' && timer.cron) return fireCron(tx, timer, timer.cron);
  const run = timer.run_id ? await lockRun(tx, timer.run_id) : undefined;
  const [taken] = await tx`delete from timers where id = ${timer.id} returning id`;
  if (!run || !taken) return;
  if (timer.kind === 'finish') return endRun(tx, run, { status: 'Cancelled' });
  if (timer.kind === 'start') {
    const [started] = await tx`select from runs where id = ${run.id} and started_at is not null`;
    return started ? undefined : endRun(tx, run, { status: 'Cancelled' });
  }
  if (timer.step_id) await resumeStep(tx, run, timer.step_id, timer.kind === 'invoke' ? INVOKE_TIMED_OUT : null);
}

/** Fires what is due, each timer once. Answers in how many milliseconds the next one is due. */
export async function fireTimers(sql: Sql, onError: (error: unknown) => void): Promise<number | undefined> {
  const due = await sql<Timer[]>`
    select id, kind, run_id, step_id, fn, cron, due_at from timers where ${isDue(sql)} order by due_at limit ${BATCH}`;
  for (const timer of due) {
    try {
      await transact(sql, (tx) => fire(tx, timer));
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      // It must not hold up the others.
      onError(error);
      await sql`update timers set due_at = ${clockOf(sql)} + interval '1 minute' where id = ${timer.id}`;
    }
  }
  const [next] = await sql<{ ms: number | null }[]>`
    select (extract(epoch from least(
      (select min(due_at) from timers where kind <> 'cron') - ${steadyNow(sql)},
      (select min(due_at) from timers where kind = 'cron') - now())) * 1000)::float8 as ms`;
  return next?.ms ?? undefined;
}
