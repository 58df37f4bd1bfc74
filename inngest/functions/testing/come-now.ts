import { sql } from '@/db/client';

let times = 0;

/** The clock is the database’s: what is to come at a time comes when that time is made past: another hour each time, since of each tick there is one. */
export async function comeNow(kind: 'finish' | 'cron', fn: string): Promise<void> {
  times += 1;
  await sql()`
    update inngest_embedded.timers set due_at = date_trunc('second', now()) - ${times} * interval '1 hour' where kind = ${kind} and id in (
      select timers.id from inngest_embedded.timers left join inngest_embedded.runs on runs.id = run_id
      where coalesce(timers.fn, runs.fn) like ${`%${fn}%`})`;
  await sql()`select pg_notify('inngest_embedded', 'timers')`;
}
