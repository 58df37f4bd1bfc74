import { json, type Tx } from './database';
import { bind, evaluate } from './evaluate-expression';
import type { StoredEvent } from './events';
import { parseExpression } from './expression';
import type { FunctionConfig } from './function-config';
import { newUlid } from './ulid';

export interface RunRequest {
  config: FunctionConfig;
  event: StoredEvent;
  idempotencyKey: string;
  /** Set when another run waits for the result of this one. */
  correlation?: string | undefined;
}

const PRIORITY_LIMIT_S = 43_200;
const YEAR_MS = 365 * 864e5;

const keyValue = (expression: string, event: StoredEvent): string =>
  JSON.stringify(evaluate(parseExpression(expression), { event: event.body }));

/** Keys of scope fn are the function's own; those of env and account are shared by all functions with the same value. */
function slotsOf(config: FunctionConfig, event: StoredEvent): { keys: string[]; limits: number[] } {
  const keys = config.concurrency.map(({ key, scope }) => {
    const value = key ? keyValue(key, event) : '';
    return !scope || scope === 'fn' ? `fn:${config.id}:${key ?? ''}:${value}` : `${scope}:${value}`;
  });
  return { keys, limits: config.concurrency.map(({ limit }) => limit) };
}

function throttleOf({ id, throttle }: FunctionConfig, event: StoredEvent) {
  if (!throttle) return null;
  const everyMs = throttle.period / throttle.limit;
  const key = `${id}:${throttle.key ? keyValue(throttle.key, event) : ''}`;
  return { key, everyMs, burstMs: everyMs * (throttle.burst ?? 0) };
}

function scoreOf({ priority }: FunctionConfig, event: StoredEvent, now: number): number {
  const seconds = priority?.run ? Number(keyValue(priority.run, event)) : 0;
  if (!Number.isFinite(seconds)) return now;
  return now - Math.max(-PRIORITY_LIMIT_S, Math.min(PRIORITY_LIMIT_S, Math.round(seconds))) * 1000;
}

function cancelPauses({ cancel }: FunctionConfig, event: StoredEvent, runId: string, now: number) {
  return (cancel ?? []).map((entry, index) => ({
    id: `${runId}:cancel:${index}`,
    kind: 'cancel',
    run_id: runId,
    event_name: entry.event,
    after: event.id,
    expires_at: new Date(now + (entry.timeout ?? YEAR_MS)),
  }));
}

function plan({ config, event, idempotencyKey, correlation }: RunRequest, now: number) {
  const id = newUlid(now);
  const { keys, limits } = slotsOf(config, event);
  const run = {
    id,
    fn: config.id,
    event_id: event.id,
    idempotency_key: idempotencyKey,
    correlation: correlation ?? null,
    finish_ms: config.timeouts?.finish ?? null,
    score: scoreOf(config, event, now),
    slot_keys: keys,
    slot_limits: limits,
  };
  const start = new Date(Math.max(now, event.body.ts));
  return {
    id,
    run,
    job: { ...run, run_id: id, run_at: start, throttle: throttleOf(config, event) },
    pauses: cancelPauses(config, event, id, now),
    conditions: (config.cancel ?? []).map(({ if: condition }) =>
      condition ? json(bind(parseExpression(condition), 'event', event.body)) : null,
    ),
    timers: config.timeouts?.start
      ? [{ id: `${id}:start`, kind: 'start', run_id: id, due_at: new Date(start.getTime() + config.timeouts.start) }]
      : [],
  };
}

/** Starts each run at most once: function and idempotency key are unique. */
export async function scheduleRuns(tx: Tx, requests: RunRequest[]): Promise<void> {
  if (!requests.length) return;
  const now = Date.now();
  const plans = requests.map((request) => plan(request, now));
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
    select run_id, 'step', run_at, score, slot_keys, slot_limits, throttle
    from json_populate_recordset(null::jobs, ${json(fresh.map(({ job }) => job))}::text::json)`;
  const pauses = fresh.flatMap((each) => each.pauses);
  const conditions = fresh.flatMap((each) => each.conditions);
  if (pauses.length) {
    await tx`
      insert into pauses (id, kind, run_id, event_name, condition, after, expires_at)
      select id, kind, run_id, event_name, bound.condition::json, after, expires_at
      from json_populate_recordset(null::pauses, ${json(pauses)}::text::json) join unnest(
        ${pauses.map(({ id }) => id)}::text[], ${conditions}::text[]
      ) as bound (id, condition) using (id)`;
  }
  const timers = fresh.flatMap((each) => each.timers);
  if (timers.length) {
    await tx`
      insert into timers (id, kind, run_id, due_at)
      select id, kind, run_id, due_at from json_populate_recordset(null::timers, ${json(timers)}::text::json)`;
  }
}
