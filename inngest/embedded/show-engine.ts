import { clockMs, steadyNow } from './clock';
import type { Sql } from './database';
import { living } from './keep-alive';
import { firstUlidOf } from './ulid';

const DAY_MS = 864e5;

interface Queue {
  /** Requests to apps that could be made now, are being made, and come at a later time; the last with whatever sleeps. */
  waiting: number;
  running: number;
  later: number;
  oldest_waiting_ms: number | null;
}

interface Engine {
  id: number;
  alive: boolean;
  leases: number;
}

interface Counts {
  function_id: string;
  name: string;
  running: number;
  completed: number;
  failed: number;
  cancelled: number;
}

const countQueue = (sql: Sql) => sql<Queue[]>`
  select
    (select count(*)::int from jobs where engine is null and run_at <= ${steadyNow(sql)}) as waiting,
    (select count(*)::int from jobs where engine is not null) as running,
    (select count(*)::int from jobs where engine is null and run_at > ${steadyNow(sql)})
      + (select count(*)::int from timers where kind in ('sleep', 'wait')) as later,
    (select (extract(epoch from ${steadyNow(sql)} - min(run_at)) * 1000)::float8 from jobs where engine is null and run_at <= ${steadyNow(sql)})
      as oldest_waiting_ms`;

const listEngines = (sql: Sql) => sql<Engine[]>`
  select id, alive.id is not null as alive, coalesce(leases, 0) as leases
  from (${living(sql)}) as alive (id)
    full join (select engine, count(*)::int from jobs where engine is not null group by engine) as held (id, leases)
      using (id)
  order by id`;

/** All that run, and those of the last day that have ended. */
const countRuns = (sql: Sql) => sql<Counts[]>`
  select slug as function_id, coalesce(config->>'name', slug) as name, counted.*
  from functions cross join lateral (
    select
      (select count(*)::int from runs where fn = slug and status = 'Running') as running,
      (select count(*)::int from runs where fn = slug and status = 'Completed' and id >= since.id) as completed,
      (select count(*)::int from runs where fn = slug and status = 'Failed' and id >= since.id) as failed,
      (select count(*)::int from runs where fn = slug and status = 'Cancelled' and id >= since.id) as cancelled
    from (select ${firstUlidOf(clockMs() - DAY_MS)}) as since (id)
  ) as counted
  where active or running + completed + failed + cancelled > 0
  order by slug`;

/** How much there is to do, who does it, and what came of it. */
export async function showEngine(sql: Sql) {
  const [[queue], engines, functions] = await Promise.all([countQueue(sql), listEngines(sql), countRuns(sql)]);
  return { engine: 'embedded', queue, engines, functions };
}
