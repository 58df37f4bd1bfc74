import { setTimeout as sleep } from 'node:timers/promises';
import { boot, clockMs, monotonicMs, setClock, setSteadyClock, steadyMs, steadyNow } from './clock';
import type { Sql } from './database';
import { isDue } from './fire-timers';
import { nextTick } from './register-app';

/** The first key of the advisory locks that engines hold; the second is the engine's number. */
const LOCK_CLASS = 0x1e61e;
const JUMP_MS = 1000;

/** A number for this engine, and the lock that shows it is alive for as long as its session lasts. */
export async function enlist(control: Sql): Promise<number> {
  const [row] = await control<(Times & { engine: number })[]>`
    select nextval('engines')::int as engine, ${readTimes(control)}`;
  if (!row) throw new Error('the database gave no engine number');
  setClock(row.ms);
  setSteadyClock(row.steady_ms);
  await control`select pg_advisory_lock(${LOCK_CLASS}, ${row.engine})`;
  return row.engine;
}

/** The engines that are alive, as a subquery. */
export const living = (sql: Sql) => sql`
  select objid::bigint::int from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and granted
    and database = (select oid from pg_database where datname = current_database())`;

/** Schedules that were planned before the clock of the database was set back. */
async function planSchedules(control: Sql): Promise<void> {
  const crons = await control<{ id: string; cron: string }[]>`select id, cron from timers where kind = 'cron'`;
  for (const { id, cron } of crons) await control`update timers set due_at = ${nextTick(cron)} where id = ${id}`;
}

interface Times {
  ms: number;
  steady_ms: number;
  eldest: boolean;
}

/**
 * The steady time as it was written down, and what has passed since: by the machine's own clock, if it has not been started
 * anew, else by that of the database. If that was set back, it says nothing.
 */
const readTimes = (control: Sql) => control`
  (extract(epoch from now()) * 1000)::float8 as ms,
  (select extract(epoch from steady + greatest(interval '0', case
    when boot = ${boot} then (${monotonicMs()} - monotonic_ms) * interval '1 ms' else now() - wall end)) * 1000
    from timeline)::float8 as steady_ms`;

/** Finds out whether the clock of the database has jumped. The eldest engine writes the steady time down, others follow. */
async function compareClocks(control: Sql, { ms, steady_ms, eldest }: Times, toleranceMs: number): Promise<void> {
  const isFar = (a: number, b: number) => Math.abs(a - b) > toleranceMs;
  if (isFar(ms, clockMs())) {
    const jumpMs = setClock(ms);
    if (jumpMs < 0) await planSchedules(control);
  } else if (!eldest && isFar(steady_ms, steadyMs())) setSteadyClock(steady_ms);
  if (!eldest) return;
  await control`
    update timeline set wall = now(), steady = ${steadyNow(control)}, boot = ${boot}, monotonic_ms = ${monotonicMs()}`;
}

/** Says that this engine still works on these leases. Answers those that it still holds. */
export async function renewLeases(
  control: Sql,
  engine: number,
  tokens: string[],
  leaseMs: number,
): Promise<Set<string>> {
  // The lock went with the connection if that was lost; taking it twice would only count it twice.
  const lock = control<Times[]>`
    select ${readTimes(control)}, ${engine} <= all(${living(control)}) as eldest,
      case when not exists (
        select from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and objid = ${engine}::bigint::oid
          and pid = pg_backend_pid()) then pg_try_advisory_lock(${LOCK_CLASS}, ${engine}) end`;
  const renewal = control<{ token: string }[]>`
    update jobs set lease_until = now() + ${leaseMs} * interval '1 ms'
    where token = any(${tokens}::uuid[]) returning token`;
  const began = performance.now();
  const [[row], held] = await Promise.all([lock, renewal]);
  const tolerance = JUMP_MS + performance.now() - began;
  if (row) await compareClocks(control, row, tolerance);
  return new Set(held.map(({ token }) => token));
}

interface Holder {
  engine: number;
  /** What this engine works on: it loses none of that to itself. */
  tokens: string[];
}

/**
 * Takes back what dead engines had leased, with the attempt unchanged: their session is gone, or the lease had run out
 * when last looked at (`suspects`) and was not renewed since, so that no jump of a clock can end it. Of its own leases
 * an engine takes back those whose news was lost with a connection: that it still does not know when it looks again.
 */
export async function reclaimLeases(control: Sql, { engine, tokens }: Holder, suspects: string[]): Promise<void> {
  await control`
    update jobs set engine = null, token = null, lease_until = null, run_at = run_at
    where engine is not null and token <> all(${tokens}::uuid[]) and (
      token = any(${suspects}::uuid[]) and (lease_until < now() or engine = ${engine})
      -- After a restart of the database the living need a moment to take their locks again.
      or engine <> ${engine} and engine not in (${living(control)})
        and now() - pg_postmaster_start_time() not between interval '0' and interval '2 seconds')`;
}

/** Gives back what this engine had leased, so that another can go on at once. */
export async function releaseLeases(control: Sql, engine: number): Promise<void> {
  await control`
    update jobs set engine = null, token = null, lease_until = null, run_at = run_at where engine = ${engine}`;
}

/** The driver does not wait for the session that listens; whoever drops the database afterwards has to. */
export async function waitForSessionEnd(control: Sql, pid: number): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const alive = await control`select from pg_stat_activity where pid = ${pid}`;
    if (!alive.length) return;
    await sleep(10);
  }
}

interface Overdue {
  events: boolean;
  jobs: boolean;
  timers: boolean;
}

interface Findings extends Overdue {
  /** The leases that have run out, or are this engine's and unknown to it. */
  suspects: string[];
}

/** What should have been noticed already, had no notification been lost. */
export async function findOverdue(control: Sql, { engine, tokens }: Holder): Promise<Findings> {
  const [found] = await control<Findings[]>`
    select exists (select from events where not routed) as events,
      exists (select from jobs where engine is null and run_at <= ${steadyNow(control)}) as jobs,
      exists (select from timers where ${isDue(control)}) as timers,
      array(
        select token from jobs where lease_until < now() or engine = ${engine} and token <> all(${tokens}::uuid[])
      ) as suspects`;
  return found ?? { events: true, jobs: true, timers: true, suspects: [] };
}

/** Forgets runs that ended long ago, and events that no run needs any more. */
export async function prune(sql: Sql, retentionMs: number): Promise<void> {
  const before = sql`now() - ${Math.max(retentionMs, 864e5)} * interval '1 ms'`;
  await sql`delete from runs where ended_at < ${before} and created_at < ${before}`;
  await sql`
    delete from events where routed and received_at < ${before}
      and not exists (select from runs where event_id = events.id)`;
  await sql`delete from throttles where next_at < ${steadyNow(sql)} - interval '1 day'`;
}
