import { steadyNow } from './clock';
import type { Sql, Tx } from './database';

export interface Lease {
  runId: string;
  stepId: string;
  attempt: number;
  /** New with each lease: whoever comes back with an old one is refused. */
  token: string;
}

interface Throttle {
  key: string;
  everyMs: number;
  burstMs: number;
}

interface Candidate {
  run_id: string;
  step_id: string;
  slot_keys: string[];
  slot_limits: number[];
  throttle: Throttle | null;
}

const BATCH = 100;

/** Who waits and could go, judged by each of its keys alone; two keys together are judged in `choose`. */
const findCandidates = (tx: Tx) => tx<Candidate[]>`
  with used as (
    select key, count(*)::int as n from jobs, unnest(slot_keys) as key where engine is not null group by key
  ), kinds as (
    select slot_keys, slot_limits, (
      select coalesce(min(slot.max - coalesce(used.n, 0)), ${BATCH})
      from unnest(slot_keys, slot_limits) as slot (key, max) left join used using (key)
    ) as free
    from (select distinct slot_keys, slot_limits from jobs where engine is null and run_at <= ${steadyNow(tx)}) as waiting
  )
  select first.* from kinds, lateral (
    select run_id, step_id, slot_keys, slot_limits, throttle, score, ord from jobs
    where slot_keys = kinds.slot_keys and slot_limits = kinds.slot_limits and engine is null and run_at <= ${steadyNow(tx)}
    order by score, ord limit greatest(0, least(free, ${BATCH}))
  ) as first
  order by score, ord limit ${BATCH}`;

async function countUsed(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx<{ key: string; n: number }[]>`
    select key, count(*)::int as n from jobs, unnest(slot_keys) as key where engine is not null group by key`;
  return new Map(rows.map(({ key, n }) => [key, n]));
}

/** The first of `candidates` that fit together. */
function choose(candidates: Candidate[], used: Map<string, number>, room: number): Candidate[] {
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length >= room) break;
    const { slot_keys: keys, slot_limits: limits } = candidate;
    if (keys.some((key, index) => (used.get(key) ?? 0) >= (limits[index] ?? 0))) continue;
    for (const key of keys) used.set(key, (used.get(key) ?? 0) + 1);
    chosen.push(candidate);
  }
  return chosen;
}

/** GCRA: takes the next start under a throttle, or puts off everything that waits for it. Answers whether it may start. */
async function passThrottle(tx: Tx, { key, everyMs, burstMs }: Throttle): Promise<boolean> {
  const [taken] = await tx`
    insert into throttles as t (key, next_at) values (${key}, ${steadyNow(tx)} + ${everyMs} * interval '1 ms')
    on conflict (key) do update set next_at = greatest(t.next_at, ${steadyNow(tx)}) + ${everyMs} * interval '1 ms'
    where t.next_at <= ${steadyNow(tx)} + ${burstMs} * interval '1 ms'
    returning key`;
  if (taken) return true;
  await tx`
    update jobs set run_at = t.next_at - ${burstMs} * interval '1 ms'
    from throttles t where t.key = ${key} and jobs.throttle->>'key' = t.key and engine is null and run_at <= ${steadyNow(tx)}`;
  return false;
}

async function passThrottles(tx: Tx, chosen: Candidate[]): Promise<Candidate[]> {
  const passed: Candidate[] = [];
  const held = new Set<string>();
  for (const candidate of chosen) {
    const { throttle } = candidate;
    if (throttle && held.has(throttle.key)) continue;
    if (!throttle || (await passThrottle(tx, throttle))) passed.push(candidate);
    else held.add(throttle.key);
  }
  return passed;
}

function takeLeases(tx: Tx, engine: number, chosen: Candidate[], leaseMs: number) {
  return tx<Lease[]>`
    with picked as (
      select run_id, step_id from jobs
      where (run_id, step_id) in (select * from unnest(
        ${chosen.map(({ run_id }) => run_id)}::text[], ${chosen.map(({ step_id }) => step_id)}::text[]))
      for update skip locked
    ), leased as (
      update jobs set engine = ${engine}, token = gen_random_uuid(), throttle = null,
        lease_until = now() + ${leaseMs} * interval '1 ms'
      from picked where jobs.run_id = picked.run_id and jobs.step_id = picked.step_id and jobs.engine is null
      returning jobs.run_id, jobs.step_id, attempt, token
    )
    select run_id as "runId", step_id as "stepId", attempt, token from leased`;
}

const findNext = (tx: Tx) => tx<{ ms: number | null }[]>`
  select (extract(epoch from min(run_at) - ${steadyNow(tx)}) * 1000)::float8 as ms
  from jobs where engine is null and run_at > ${steadyNow(tx)}`;

export interface Leased {
  leases: Lease[];
  /** When to look again, if nothing happens before; 0 when there may be more at once. */
  nextMs: number | undefined;
}

/**
 * Leases at most `room` of the jobs that are due, in order of score. One engine at a time does this, under an advisory
 * lock: so slots and throttles can be judged by counting, and no limit is exceeded.
 */
export async function leaseJobs(control: Sql, engine: number, room: number, leaseMs: number): Promise<Leased> {
  if (room <= 0) return { leases: [], nextMs: undefined };
  return control.begin(async (tx) => {
    // One round trip, in this order: what is found was committed before the lock was ours.
    const lock = tx`select pg_advisory_xact_lock(hashtext(current_schema() || ':lease'))`;
    const [, candidates, used] = await Promise.all([lock, findCandidates(tx), countUsed(tx)]);
    const chosen = candidates.length > 1 ? choose(candidates, used, room) : [...candidates];
    const passed = await passThrottles(tx, chosen);
    const taking = passed.length ? takeLeases(tx, engine, passed, leaseMs) : [];
    const [leases, [next]] = await Promise.all([taking, findNext(tx)]);
    const hidden = candidates.length === BATCH || leases.length < chosen.length;
    return { leases: [...leases], nextMs: hidden && leases.length < room ? 0 : (next?.ms ?? undefined) };
  });
}
