import { z } from 'zod';
import { steadyNow } from './clock';
import type { Sql } from './database';

const STATUSES = ['Running', 'Completed', 'Failed', 'Cancelled'] as const;

export const RunFilter = z.object({
  status: z.enum(STATUSES).optional(),
  function_id: z.string().optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** Of an error as the app told it; what may be shown of it only the app can know. */
const errorOf = (sql: Sql, error: ReturnType<Sql>) => sql`
  case when ${error} is not null then
    json_build_object('name', left(${error}->>'name', 200), 'cause', left(${error}->'cause'->>'name', 200),
      'message', left(${error}->>'message', 2000)) end`;

/**
 * A run is at work, could go on at once, or waits for its time: to be tried again, to wake, to be told of an event. One that
 * is to be tried again tells the error for which it is.
 */
const describeRuns = (sql: Sql, which: ReturnType<Sql>) => sql`
  select runs.id as run_id, fn as function_id, coalesce(config->>'name', slug) as name, runs.status,
    case when runs.status = 'Running' then
      case when leased > 0 then 'running' when due > 0 then 'waiting' else 'later' end end as state,
    events.name as event_name, events.body->'data' as event_data,
    runs.created_at as queued_at, started_at, ended_at,
    greatest(runs.attempts, asked.attempts, told.attempts, 1) as attempts, steps_done, step_count,
    ${errorOf(sql, sql`coalesce(runs.error, asked.error)`)} as error
  from runs join functions on slug = fn join events on events.id = event_id
    left join lateral (
      select count(seq) filter (where op not in ('StepError', 'StepFailed'))::int as steps_done,
        count(*)::int as step_count, max(attempts) as attempts
      from steps where run_id = runs.id
    ) as told on true
    left join lateral (
      select count(engine) as leased, count(*) filter (where engine is null and run_at <= ${steadyNow(sql)}) as due,
        max(attempt) + 1 as attempts, (array_agg(error) filter (where step_id = 'step'))[1] as error
      from jobs where run_id = runs.id
    ) as asked on true
  where runs.id in (${which}) order by runs.id desc`;

/** The newest first. Each function and status is read from its newest run on, so that rare ones are found as fast. */
export function listRuns(sql: Sql, { status, function_id: functionId, before, limit }: RunFilter) {
  const statuses = status ? [status] : STATUSES;
  const asked = functionId === undefined ? sql`` : sql`where slug = ${functionId}`;
  const older = before === undefined ? sql`` : sql`and runs.id < ${before}`;
  return describeRuns(
    sql,
    sql`
    select newest.id from functions cross join unnest(${statuses}::text[]) as kind (status) cross join lateral (
      select id from runs where fn = slug and runs.status = kind.status ${older} order by id desc limit ${limit}
    ) as newest
    ${asked} order by newest.id desc limit ${limit}`,
  );
}

/**
 * Steps that were planned together began then; one that was found and done in one request began when the one before
 * was done.
 */
const listSteps = (sql: Sql, runId: string) => sql`
  select steps.id, steps.op, steps.name,
    case when seq is not null then case when steps.output->'error' is null then 'done' else 'failed' end
      when runs.status <> 'Running' then 'dropped' when jobs.engine is not null then 'running'
      when jobs.run_at <= ${steadyNow(sql)} then 'waiting' else 'later' end as status,
    greatest(steps.attempts, jobs.attempt + 1) as attempts,
    (extract(epoch from coalesce(steps.ended_at, runs.ended_at, now())
      - case when planned_at is distinct from steps.ended_at then planned_at
        else coalesce(lag(steps.ended_at) over (order by seq), started_at) end) * 1000)::float8 as took_ms,
    ${errorOf(sql, sql`coalesce(steps.output->'error', jobs.error)`)} as error
  from steps join runs on runs.id = run_id left join jobs on jobs.run_id = runs.id and jobs.step_id = steps.id
  where steps.run_id = ${runId} order by planned_at, steps.name, steps.id`;

/** A run and its steps, in the order in which they could begin. */
export async function showRun(sql: Sql, runId: string) {
  const [[run], steps] = await Promise.all([describeRuns(sql, sql`select ${runId}::text`), listSteps(sql, runId)]);
  return run && { run, steps };
}
