import type { Sql } from './database';

/** Each entry brings the schema from its index to the next version. Append; never change an entry that has shipped. */
const VERSIONS = [
  `
  create table functions (
    slug text primary key,
    app text not null,
    url text not null,
    config json not null,
    active boolean not null default true,
    registered_at timestamptz not null default now()
  );
  create table events (
    id text primary key,
    name text not null,
    body json not null,
    routed boolean not null default false,
    received_at timestamptz not null default now()
  );
  create index events_unrouted on events (id) where not routed;

  create table runs (
    id text primary key,
    fn text not null references functions,
    event_id text not null references events,
    idempotency_key text not null,
    status text not null default 'Running' check (status in ('Running', 'Completed', 'Failed', 'Cancelled')),
    version int not null default -1,
    score bigint not null,
    slot_keys text[] not null,
    slot_limits int[] not null,
    correlation text,
    finish_ms float8,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    output json,
    error json,
    unique (fn, idempotency_key),
    check ((status = 'Running') = (ended_at is null))
  );
  create index runs_event on runs (event_id);
  create index runs_ended on runs (ended_at) where ended_at is not null;

  create sequence step_order;
  -- A step without seq is pending; seq is the order of completion, in which the SDK resolves promises.
  create table steps (
    run_id text not null references runs on delete cascade,
    id text not null,
    op text not null,
    name text not null,
    output json,
    seq bigint,
    attempts int not null default 1,
    race boolean not null default false,
    planned_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (run_id, id)
  );
  create index steps_pending on steps (run_id) where seq is null;

  -- A job is one request to be made of the app: step_id 'step' finds out what comes next (at most one for each run).
  -- Its lease is also its concurrency slot: slots are counted from leases, so they cannot leak.
  create table jobs (
    run_id text not null references runs on delete cascade,
    step_id text not null,
    attempt int not null default 0,
    run_at timestamptz not null default now(),
    score bigint not null,
    ord bigserial,
    slot_keys text[] not null,
    slot_limits int[] not null,
    throttle json,
    again boolean not null default false,
    unreachable_since timestamptz,
    engine int,
    token uuid,
    lease_until timestamptz,
    primary key (run_id, step_id),
    check ((engine is null) = (token is null) and (engine is null) = (lease_until is null))
  );
  create index jobs_due on jobs (run_at) where engine is null;
  create index jobs_waiting on jobs (slot_keys, slot_limits, score, ord) where engine is null;
  create index jobs_leased on jobs (engine) where engine is not null;
  create unique index jobs_token on jobs (token);

  create table timers (
    id text primary key,
    kind text not null check (kind in ('sleep', 'wait', 'invoke', 'start', 'finish', 'cron')),
    run_id text references runs on delete cascade,
    step_id text,
    fn text references functions,
    cron text,
    due_at timestamptz not null
  );
  create index timers_due on timers (due_at);
  create index timers_run on timers (run_id);

  create table pauses (
    id text primary key,
    kind text not null check (kind in ('wait', 'cancel', 'invoke')),
    run_id text not null references runs on delete cascade,
    step_id text,
    event_name text,
    condition json,
    after text not null default '',
    expires_at timestamptz
  );
  create index pauses_event on pauses (event_name);
  create index pauses_run on pauses (run_id);

  create table throttles (key text primary key, next_at timestamptz not null);
  create sequence engines as int cycle;

  create function announce() returns trigger language plpgsql as $$
    begin perform pg_notify(tg_table_schema, tg_table_name); return null; end $$;
  create trigger announce after insert on events for each statement execute function announce();
  create trigger announce after insert on timers for each statement execute function announce();
  -- Whatever gives a job back to the queue sets run_at; taking a lease does not, and stays quiet.
  create trigger announce after insert or delete or update of run_at on jobs
    for each statement execute function announce();
  `,
  `
  -- The order in which events came: their ids hold the time of whoever sent them.
  alter table events add column ord bigserial, add column due_at timestamptz;
  drop index events_unrouted;
  create index events_unrouted on events (ord) where not routed;
  alter table pauses drop column after, add column after_ord bigint not null default 0;
  -- From milliseconds to microseconds.
  update jobs set score = score * 1000, run_at = run_at;
  update runs set score = score * 1000 where status = 'Running';
  `,
  `
  -- A run that goes on with its own lease frees no slot: nobody need look for work.
  create function announce_job() returns trigger language plpgsql as $$
    begin
      perform pg_notify(tg_table_schema, tg_table_name) where case tg_op
        when 'INSERT' then new.engine is null
        when 'DELETE' then current_setting('inngest.inherited', true) is distinct from 'on'
        else true end;
      return null;
    end $$;
  drop trigger announce on jobs;
  create constraint trigger announce after insert or delete or update of run_at on jobs
    deferrable initially deferred for each row execute function announce_job();
  `,
  `
  -- For whoever looks on: each kind of run, the newest first, without reading the others.
  create index runs_kind on runs (fn, status, id);
  -- Of the request that failed the run; those of its steps are theirs.
  alter table runs add column attempts int not null default 0;
  `,
  `
  -- For whoever looks on: why a request is to be made again.
  alter table jobs add column error json;
  `,
  `
  -- What is planned goes by a clock of the engine's own; here it is written down for the next engine, beside the time of
  -- the database. So the times of jobs, timers (but those of schedules), throttles and pauses are not those of now().
  create table timeline (wall timestamptz not null, steady timestamptz not null);
  insert into timeline values (now(), now());
  alter table jobs alter run_at drop default;
  `,
  `
  -- The time of the machine that wrote it down: no jump of the database's clock, however late, gets between two engines.
  alter table timeline add column boot text, add column monotonic_ms float8;
  `,
];

export async function migrateSchema(sql: Sql, schema: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`${schema}:migrate`}))`;
    await tx`create schema if not exists ${tx(schema)}`;
    await tx`create table if not exists schema_version (version int not null)`;
    const [current] = await tx<{ version: number }[]>`select version from schema_version`;
    const pending = VERSIONS.slice(current?.version ?? 0);
    for (const statements of pending) await tx.unsafe(statements);
    if (!current) await tx`insert into schema_version values (${VERSIONS.length})`;
    else if (pending.length) await tx`update schema_version set version = ${VERSIONS.length}`;
  });
}
