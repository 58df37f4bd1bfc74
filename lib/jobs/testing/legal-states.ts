import { sql } from '@/db/client';
import { JOB_TRANSITIONS } from '@/lib/jobs/status';

const LEGAL: Record<string, string[]> = {
  jobs: Object.values(JOB_TRANSITIONS).flatMap(({ from, to }) => from.map((one) => `${one} → ${to}`)),
  chunks: [
    'pending → processing',
    'processing → done',
    // Given up before it began again, with nothing left open in it (`failChunk`).
    'pending → done',
    'pending → failed',
    'processing → failed',
    'processing → pending',
    'failed → pending',
    // The reader has filled its last hole.
    'failed → done',
  ],
  sentences: [
    'pending → kept',
    'pending → rewritten',
    'pending → failed',
    'failed → pending',
    ...['pending', 'failed', 'kept', 'rewritten'].flatMap((from) => [
      `${from} → reader’s kept`,
      `${from} → reader’s rewritten`,
    ]),
  ],
};

/** Lets the database write down every change of a status, and of a rewrite. */
export async function recordTransitions(): Promise<void> {
  await sql().unsafe(`
    create table transitions (of text, job_id text, change text);
    create function record_transition() returns trigger language plpgsql as $$
    begin
      insert into transitions values (
        tg_table_name, case tg_table_name when 'jobs' then to_jsonb(new)->>'id' else to_jsonb(new)->>'job_id' end,
        old.status || ' → ' || case when to_jsonb(new)->>'method' = 'reader' then 'reader’s ' else '' end || new.status);
      return null;
    end $$;
    create trigger record after update on jobs for each row
      when (old.status is distinct from new.status) execute function record_transition();
    create trigger record after update on chunks for each row
      when (old.status is distinct from new.status) execute function record_transition();
    create trigger record after update on sentences for each row
      when (old.status is distinct from new.status or old.rewrites is distinct from new.rewrites)
      execute function record_transition();`);
}

/** Transitions that no table of states allows, with a job where it happened. */
export async function findIllegalTransitions(): Promise<string[]> {
  const seen = await sql()<{ of: string; change: string; job: string }[]>`
    select of, change, min(job_id) as job from transitions group by of, change`;
  return seen.flatMap(({ of, change, job }) => (LEGAL[of]?.includes(change) ? [] : [`${of}: ${change} (${job})`]));
}

/** How often each change of a job's state happened. */
export async function countTransitions(): Promise<Record<string, number>> {
  const rows = await sql()<{ change: string; n: number }[]>`
    select change, count(*)::int as n from transitions where of = 'jobs' group by change`;
  return Object.fromEntries(rows.map(({ change, n }) => [change, n]));
}

/** The counters of the job that are not what a recount gives; undefined when the job is gone. */
export async function findMiscounts(jobId: string): Promise<string[] | undefined> {
  const [row] = await sql()<{ counted: Record<string, number>; stored: Record<string, number> }[]>`
    select jsonb_build_object('total', sentences_total, 'kept', sentences_kept, 'rewritten', sentences_rewritten,
        'skipped', sentences_skipped, 'failed', sentences_failed, 'done', processed_chunks, 'lost', failed_chunks,
        'calls', model_calls, 'tokens', model_tokens, 'open in chunks done', 0) as stored,
      (select jsonb_build_object('total', count(*), 'kept', count(*) filter (where status = 'kept'),
        'rewritten', count(*) filter (where status = 'rewritten'),
        'skipped', count(*) filter (where status = 'skipped'), 'failed', count(*) filter (where status = 'failed'))
        from sentences where job_id = jobs.id)
      || (select jsonb_build_object('done', count(*) filter (where status = 'done'),
        'lost', count(*) filter (where status = 'failed'), 'calls', sum(model_calls), 'tokens', sum(model_tokens))
        from chunks where job_id = jobs.id)
      || (select jsonb_build_object('open in chunks done', count(*)) from sentences
        join chunks on chunks.job_id = sentences.job_id and chunks.index = chunk_index
        where sentences.job_id = jobs.id and chunks.status = 'done' and sentences.status in ('pending', 'failed'))
      as counted
    from jobs where id = ${jobId}`;
  if (!row) return undefined;
  const { stored, counted } = row;
  return Object.keys(stored)
    .filter((key) => stored[key] !== counted[key])
    .map((key) => `${key}: ${stored[key]} stored, ${counted[key]} counted`);
}
