import canonicalize from 'canonicalize';
import { steadyNow } from './clock';
import type { Sql } from './database';
import { type FunctionConfig, maxAttempts } from './function-config';
import type { Lease } from './lease-jobs';
import type { Answer, Client } from './post-json';
import { type Failure, failure } from './read-answer';
import { sign } from './signature';

interface CallState {
  fn: string;
  config: FunctionConfig;
  version: number;
  started: boolean;
  event: Record<string, unknown>;
  steps: { id: string; output: unknown }[];
  pending: string[];
  bytes: number;
}

const MAX_STATE_BYTES = 32 * 1024 * 1024;
const OVERFLOWED = failure(`InngestErrStateOverflowed: the steps of a run may give ${MAX_STATE_BYTES} bytes`, false);

export interface Call {
  url: URL;
  body: string;
  fn: string;
  maxAttempts: number;
  /** The ids of its steps, done and pending. */
  known: string[];
  pending: number;
}

/** From here on the run is no longer late to start, and the time it may take to finish begins. */
async function markStarted(sql: Sql, runId: string): Promise<void> {
  await sql`
    with started as (
      update runs set started_at = now() where id = ${runId} and started_at is null and status = 'Running'
      returning id, finish_ms
    )
    insert into timers (id, kind, run_id, due_at)
    select id || ':finish', 'finish', id, ${steadyNow(sql)} + finish_ms * interval '1 ms' from started where finish_ms is not null`;
}

/** The request a lease stands for, or why there can be none; undefined when its run has ended. */
export async function prepareCall(sql: Sql, lease: Lease): Promise<Call | Failure | undefined> {
  const { runId, stepId, attempt, token } = lease;
  const [state] = await sql<CallState[]>`
    select fn, config, version, started_at is not null as started, events.body as event,
      array(select id from steps where run_id = runs.id and seq is null) as pending,
      (select coalesce(json_agg(json_build_object('id', id, 'output', output) order by seq), '[]')
        from steps where run_id = runs.id and seq is not null and bytes <= ${MAX_STATE_BYTES}) as steps, bytes
    from runs join functions on slug = fn join events on events.id = event_id, lateral (
      select coalesce(sum(octet_length(output::text)), 0)::float8 as bytes from steps
      where run_id = runs.id and seq is not null) as state
    where runs.id = ${runId} and status = 'Running'`;
  if (!state) return undefined;
  if (state.bytes > MAX_STATE_BYTES) return OVERFLOWED;
  if (!state.started) await markStarted(sql, runId);
  const { fn, config, version, steps, pending } = state;
  const event = { user: {}, ...state.event };
  const url = new URL(config.steps.step.runtime.url);
  url.searchParams.set('stepId', stepId);
  const body = canonicalize({
    event,
    events: [event],
    steps: Object.fromEntries(steps.map(({ id, output }) => [id, output])),
    defers: {},
    version,
    use_api: false,
    // No fn_id: with it the SDK would checkpoint steps by itself instead of answering after each.
    ctx: {
      run_id: runId,
      step_id: stepId,
      attempt,
      max_attempts: maxAttempts(config),
      env: 'embedded',
      generation_id: token,
      request_id: token,
      disable_immediate_execution: pending.length > 0,
      use_api: false,
      stack: { stack: steps.map(({ id }) => id), current: steps.length },
    },
  });
  const known = [...steps.map(({ id }) => id), ...pending];
  return { url, body: body ?? '', fn, maxAttempts: maxAttempts(config), known, pending: pending.length };
}

/** Posts a prepared call; throws what the network throws. */
export function callFunction(
  client: Client,
  call: Call,
  lease: Lease,
  signingKey: string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  return client.post(
    call.url,
    call.body,
    {
      'x-run-id': lease.runId,
      'x-inngest-step-id': lease.stepId,
      'x-inngest-generation-id': lease.token,
      ...(signingKey && { 'x-inngest-signature': sign(call.body, signingKey) }),
    },
    signal,
  );
}
