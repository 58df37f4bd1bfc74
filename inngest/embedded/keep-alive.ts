import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from './database';

/** The first key of the advisory locks that engines hold; the second is the engine's number. */
const LOCK_CLASS = 0x1e61e;

/** A number for this engine, and the lock that shows it is alive for as long as its session lasts. */
export async function enlist(control: Sql): Promise<number> {
  const [row] = await control<{ engine: number }[]>`select nextval('engines')::int as engine`;
  if (!row) throw new Error('the database gave no engine number');
  await control`select pg_advisory_lock(${LOCK_CLASS}, ${row.engine})`;
  return row.engine;
}

/** Says that this engine still works on these leases. Answers those that it still holds. */
export async function renewLeases(
  control: Sql,
  engine: number,
  tokens: string[],
  leaseMs: number,
): Promise<Set<string>> {
  // The lock went with the connection if that was lost; taking it twice would only count it twice.
  const lock = control`
    select pg_try_advisory_lock(${LOCK_CLASS}, ${engine}) where not exists (
      select from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and objid = ${engine}::bigint::oid
        and pid = pg_backend_pid())`;
  const renewal = control<{ token: string }[]>`
    update jobs set lease_until = now() + ${leaseMs} * interval '1 ms'
    where token = any(${tokens}::uuid[]) returning token`;
  const [, held] = await Promise.all([lock, renewal]);
  return new Set(held.map(({ token }) => token));
}

/** Takes back what dead engines had leased, with the attempt unchanged: the lease ran out, or their session is gone. */
export async function reclaimLeases(control: Sql): Promise<number> {
  const { count } = await control`
    update jobs set engine = null, token = null, lease_until = null, run_at = run_at
    where engine is not null and (lease_until < now() or engine not in (
      select objid::bigint::int from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and granted
        and database = (select oid from pg_database where datname = current_database())))`;
  return count;
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

/** What should have been noticed already, had no notification been lost. */
export async function findOverdue(control: Sql): Promise<Overdue> {
  const [found] = await control<Overdue[]>`
    select exists (select from events where not routed) as events,
      exists (select from jobs where engine is null and run_at <= now()) as jobs,
      exists (select from timers where due_at <= now()) as timers`;
  return found ?? { events: true, jobs: true, timers: true };
}

/** Forgets runs that ended long ago, and events that no run needs any more. */
export async function prune(sql: Sql, retentionMs: number): Promise<void> {
  const before = new Date(Date.now() - Math.max(retentionMs, 864e5));
  await sql`delete from runs where ended_at < ${before} and created_at < ${before}`;
  await sql`
    delete from events where routed and received_at < ${before}
      and not exists (select from runs where event_id = events.id)`;
  await sql`delete from throttles where next_at < now() - interval '1 day'`;
}
