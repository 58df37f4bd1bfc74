import { clockMs, steadyMs, steadyNow } from './clock';
import { json, type Tx } from './database';
import { bind, evaluate } from './evaluate-expression';
import type { RoutedEvent } from './events';
import { parseExpression } from './expression';
import type { FunctionConfig } from './function-config';
import { indexable } from './label';
import { newUlid } from './ulid';

export interface RunRequest {
  config: FunctionConfig;
  event: RoutedEvent;
  idempotencyKey: string;
  /** Set when another run waits for the result of this one. */
  correlation?: string | undefined;
}

const PRIORITY_LIMIT_S = 43_200;
const YEAR_MS = 365 * 864e5;

const keyValue = (expression: string, event: RoutedEvent): string =>
  JSON.stringify(evaluate(parseExpression(expression), { event: event.body }));

/** Keys of scope fn are the function's own; those of env and account are shared by all functions with the same value. */
function slotsOf(config: FunctionConfig, event: RoutedEvent): { keys: string[]; limits: number[] } {
  const keys = config.concurrency.map(({ key, scope }) => {
    const value = key ? keyValue(key, event) : '';
    return indexable(!scope || scope === 'fn' ? `fn:${config.id}:${key ?? ''}:${value}` : `${scope}:${value}`);
  });
  return { keys, limits: config.concurrency.map(({ limit }) => limit) };
}

function throttleOf({ id, throttle }: FunctionConfig, event: RoutedEvent) {
  if (!throttle) return null;
  const everyMs = throttle.period / throttle.limit;
  const key = indexable(`${id}:${throttle.key ? keyValue(throttle.key, event) : ''}`);
  return { key, everyMs, burstMs: everyMs * (throttle.burst ?? 0) };
}

/** In microseconds: when the run came, moved by its priority. Of those that came together, the first goes first. */
function scoreOf({ priority }: FunctionConfig, event: RoutedEvent, place: number): number {
  const asked = priority?.run ? Number(keyValue(priority.run, event)) : 0;
  const seconds = Math.max(-PRIORITY_LIMIT_S, Math.min(PRIORITY_LIMIT_S, Math.round(asked) || 0));
  return (Math.round(steadyMs()) - seconds * 1000) * 1000 + place;
}

function cancelPauses({ cancel }: FunctionConfig, event: RoutedEvent, runId: string) {
  return (cancel ?? []).map((entry, index) => ({
    id: `${runId}:cancel:${index}`,
    run_id: runId,
    event_name: entry.event,
    after_ord: event.ord,
    valid_ms: entry.timeout ?? YEAR_MS,
  }));
}

function plan({ config, event, idempotencyKey, correlation }: RunRequest, now: number, place: number) {
  const id = newUlid(now);
  const { keys, limits } = slotsOf(config, event);
  const run = {
    id,
    fn: config.id,
    event_id: event.id,
    idempotency_key: idempotencyKey,
    correlation: correlation ?? null,
    finish_ms: config.timeouts?.finish ?? null,
    score: scoreOf(config, event, place),
    slot_keys: keys,
    slot_limits: limits,
  };
  return {
    id,
    run,
    job: { ...run, run_id: id, run_at: event.due_at, throttle: throttleOf(config, event) },
    pauses: cancelPauses(config, event, id),
    conditions: (config.cancel ?? []).map(({ if: condition }) =>
      condition ? json(bind(parseExpression(condition), 'event', event.body)) : null,
    ),
    timers: config.timeouts?.start
      ? [{ id: `${id}:start`, run_id: id, from: event.due_at, ms: config.timeouts.start }]
      : [],
  };
}

/** Starts each run at most once: function and idempotency key are unique. */
export async function scheduleRuns(tx: Tx, requests: RunRequest[]): Promise<void> {
  if (!requests.length) return;
  const now = clockMs();
  const plans = requests.map((request, place) => plan(request, now, place));
  const created = await tx<{ id: string }[]>`
    insert into runs (id, fn, event_id, idempotency_key, correlation, finish_ms, score, slot_keys, slot_limits)
    select id, fn, event_id, idempotency_key, correlation, finish_ms, score, slot_keys, slot_limits
    from json_populate_recordset(null::runs, ${json(plans.map(({ run }) => run))}::text::json)
    on conflict (fn, idempotency_key) do nothing
    returning id`;
  const ids = new Set(created.map(({ id }) => id));
  const fresh = plans.filter(({ id }) => ids.has(id));
  if (!fresh.length) return;
  await tx`
    insert into jobs (run_id, step_id, run_at, score, slot_keys, slot_limits, throttle)
    select run_id, 'step', greatest(run_at, ${steadyNow(tx)}), score, slot_keys, slot_limits, throttle
    from json_populate_recordset(null::jobs, ${json(fresh.map(({ job }) => job))}::text::json)`;
  const pauses = fresh.flatMap((each) => each.pauses);
  const conditions = fresh.flatMap((each) => each.conditions);
  if (pauses.length) {
    await tx`
      insert into pauses (id, kind, run_id, event_name, condition, after_ord, expires_at)
      select id, 'cancel', run_id, event_name, bound.condition::json, after_ord, ${steadyNow(tx)} + valid_ms * interval '1 ms'
      from json_to_recordset(${json(pauses)}::text::json) as pause
          (id text, run_id text, event_name text, after_ord bigint, valid_ms float8)
        join unnest(${pauses.map(({ id }) => id)}::text[], ${conditions}::text[]) as bound (id, condition) using (id)`;
  }
  const timers = fresh.flatMap((each) => each.timers);
  if (timers.length) {
    await tx`
      insert into timers (id, kind, run_id, due_at)
      select id, 'start', run_id, greatest("from", ${steadyNow(tx)}) + ms * interval '1 ms'
      from json_to_recordset(${json(timers)}::text::json) as timer (id text, run_id text, "from" timestamptz, ms float8)`;
  }
}
