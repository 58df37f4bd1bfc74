import type { ISql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { finishJob } from './finish-job';
import { findStatus } from './start-job';
import type { JobStatus } from './status';

connectTestDatabase();

/** What the database answers to an assignment: the constraint that forbids it, or that it was done. */
async function change(table: 'jobs' | 'chunks' | 'sentences', jobId: string, assignment: string) {
  const key = table === 'jobs' ? 'id' : 'job_id';
  try {
    await sql().unsafe(`update ${table} set ${assignment} where ${key} = $1`, [jobId]);
    return 'done';
  } catch (error) {
    if (!(error instanceof Error) || !('constraint_name' in error)) throw error;
    return error.constraint_name;
  }
}

const COMPLETED = "status = 'completed', completed_at = now()";

describe('a job', () => {
  it.each<[string, JobStatus, string, string]>([
    [
      'be completed with a sentence unaccounted for',
      'processing',
      `${COMPLETED}, processed_chunks = 1`,
      'jobs_complete_only_when_every_sentence_is_accounted_for',
    ],
    [
      'be completed with a chunk unaccounted for',
      'processing',
      `${COMPLETED}, sentences_kept = 2`,
      'jobs_complete_only_when_every_sentence_is_accounted_for',
    ],
    [
      'settle more sentences than it has',
      'processing',
      'sentences_rewritten = 2',
      'jobs_never_settle_more_than_there_is',
    ],
    ['count fewer than none', 'processing', 'sentences_failed = -1', 'jobs_never_settle_more_than_there_is'],
    ['settle more chunks than it has', 'completed', 'failed_chunks = 1', 'jobs_chunks_add_up'],
    ['count fewer chunks than none', 'processing', 'processed_chunks = -1', 'jobs_chunks_add_up'],
    ['be partial without a failed chunk', 'completed', 'partial = true', 'jobs_partial_means_completed_with_gaps'],
    ['be partial while it runs', 'processing', 'partial = true', 'jobs_partial_means_completed_with_gaps'],
    ['end without an end', 'completed', 'completed_at = null', 'jobs_ended_have_an_end'],
    ['have an end while it runs', 'processing', 'completed_at = now()', 'jobs_ended_have_an_end'],
    ['fail without a reason', 'failed', 'error_code = null', 'jobs_failed_have_a_reason'],
    ['have a reason without failing', 'completed', "error_code = 'INTERNAL'", 'jobs_failed_have_a_reason'],
    ['be cancelled at no time', 'cancelled', 'cancelled_at = null', 'jobs_cancelled_have_a_time'],
    ['have been cancelled and run', 'processing', 'cancelled_at = now()', 'jobs_cancelled_have_a_time'],
    ['be in a state that nobody knows', 'processing', "status = 'paused'", 'jobs_status_is_known'],
    ['have a limit of two words', 'pending', 'max_words = 2', 'jobs_settings_in_range'],
    ['have a limit of 51 words', 'pending', 'max_words = 51', 'jobs_settings_in_range'],
    ['have no chunk', 'pending', 'total_chunks = 0', 'jobs_plan_makes_sense'],
  ])('cannot %s', async (_, status, assignment, constraint) => {
    const { jobId } = await addJob({ status });
    expect(await change('jobs', jobId, assignment)).toBe(constraint);
  });

  it('raises its version and its time with every change, whoever makes it', async () => {
    const { jobId } = await addJob();
    const read = () => sql()<{ version: string; at: string }[]>`
      select version, extract(epoch from updated_at) as at from jobs where id = ${jobId}`;
    const [before] = await read();
    expect(await change('jobs', jobId, "model_calls = 1, version = 1, updated_at = '2001-01-01'")).toBe('done');
    const [after] = await read();
    expect(before?.version).toBe('1');
    expect(after?.version).toBe('2');
    expect(Number(after?.at)).toBeGreaterThan(Number(before?.at));
  });
});

describe('a chunk', () => {
  it.each([
    ['fail without a reason', "status = 'failed'", 'chunks_failed_have_a_reason'],
    ['have a reason without failing', "error_code = 'INTERNAL'", 'chunks_failed_have_a_reason'],
    ['start after its end', 'page_start = 2', 'chunks_pages_in_order'],
    ['start before the first page', 'page_start = 0', 'chunks_pages_in_order'],
    ['move away from its sentences', 'index = 7', 'sentences_are_in_a_chunk'],
    ['be in a state that nobody knows', "status = 'lost'", 'chunks_status_is_known'],
  ])('cannot %s', async (_, assignment, constraint) => {
    const { jobId } = await addJob({ status: 'processing' });
    expect(await change('chunks', jobId, assignment)).toBe(constraint);
  });
});

describe('a sentence', () => {
  it.each([
    ['be rewritten into nothing', "status = 'rewritten'", 'sentences_rewritten_have_rewrites'],
    ['have rewrites without being rewritten', "rewrites = '{La mer.}'", 'sentences_rewritten_have_rewrites'],
    ['be skipped without a reason', "status = 'skipped'", 'sentences_skipped_have_a_reason'],
    ['have a reason without being skipped', "skip_reason = 'verse'", 'sentences_skipped_have_a_reason'],
    ['end before it starts', 'page_start = 3', 'sentences_pages_in_order'],
    ['be in a state that nobody knows', "status = 'lost'", 'sentences_status_is_known'],
    ['lie in a chunk that there is not', 'chunk_index = 7', 'sentences_are_in_a_chunk'],
    ['take the place of another', 'position = 0', 'sentences_job_id_position_pk'],
  ])('cannot %s', async (_, assignment, constraint) => {
    const { jobId } = await addJob({ status: 'processing' });
    expect(await change('sentences', jobId, assignment)).toBe(constraint);
  });
});

describe('the sentences of a chunk', () => {
  const add = (client: ISql, jobId: string, chunk: number) => client`
    insert into sentences (job_id, position, chunk_index, page_start, page_end, paragraph, kind, original, status)
    values (${jobId}, 90, 0, 1, 1, 1, 'narration', 'La mer.', 'pending'),
      (${jobId}, 91, ${chunk}, 1, 1, 1, 'narration', 'La mer.', 'pending')`;
  const refusal = { code: '23503', constraint_name: 'sentences_are_in_a_chunk' };
  const count = async (jobId: string) => (await sql()`select from sentences where job_id = ${jobId}`).length;

  it('are not added to a chunk that there is not, nor are those beside them', async () => {
    const { jobId } = await addJob({ status: 'processing' });
    const before = await count(jobId);
    await expect(add(sql(), jobId, 1)).rejects.toMatchObject(refusal);
    expect(await count(jobId)).toBe(before);
  });

  it('are not added to one that is being deleted', async () => {
    const { jobId } = await addJob({ status: 'processing' });
    let adding: Promise<unknown> = Promise.resolve();
    await sql().begin(async (tx) => {
      await tx`delete from chunks where job_id = ${jobId}`;
      adding = expect(add(sql(), jobId, 0)).rejects.toMatchObject(refusal);
      await tx`select pg_sleep(0.3)`;
    });
    await adding;
    expect(await count(jobId)).toBe(0);
  });

  it('hold it until they are added', async () => {
    const { jobId } = await addJob({ status: 'processing' });
    let deleting: Promise<unknown> = Promise.resolve();
    await sql().begin(async (tx) => {
      await add(tx, jobId, 0);
      deleting = sql()`delete from chunks where job_id = ${jobId}`.execute();
      await tx`select pg_sleep(0.3)`;
    });
    await deleting;
    expect(await count(jobId)).toBe(0);
  });

  it('go with it, and those of another stay', async () => {
    const { jobId } = await addJob({ chunks: [{ sentences: ['kept'] }, { sentences: ['kept', 'kept'] }] });
    await sql()`delete from chunks where job_id = ${jobId} and index = 1`;
    expect(await count(jobId)).toBe(1);
  });
});

describe('a user and a novel', () => {
  it('are refused with an address in capitals, a role nobody knows, or a hash that is none', async () => {
    const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ cause: { code: '23514' } });
    await refused(addUser({ email: 'Reader@example.org' }));
    await refused(addJob({ novel: { sha256: 'A'.repeat(64) } }));
    await refused(addJob({ novel: { pages: 0 } }));
    await refused(addJob({ novel: { bytes: 0 } }));
    const userId = await addUser();
    await expect(sql()`update users set role = 'owner' where id = ${userId}`).rejects.toMatchObject({
      constraint_name: 'users_role_is_known',
    });
  });
});

describe('finishJob', () => {
  it('completes when every sentence is accounted for', async () => {
    const { jobId } = await addJob({
      status: 'processing',
      chunks: [{ status: 'done', sentences: ['kept', 'rewritten', 'skipped'] }],
    });
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
  });

  it('completes with gaps when some chunks failed', async () => {
    const { jobId } = await addJob({
      status: 'processing',
      chunks: [
        { status: 'done', sentences: ['kept'] },
        { status: 'failed', sentences: ['failed', 'rewritten'] },
      ],
    });
    expect(await finishJob(jobId)).toEqual({ status: 'completed' });
    const [row] = await sql()`select partial, step, error_code from jobs where id = ${jobId}`;
    expect(row).toEqual({ partial: true, step: 'completed', error_code: null });
  });

  it('fails with the first chunk’s reason when all of them failed', async () => {
    const failed = { status: 'failed', sentences: ['failed'] } as const;
    const { jobId } = await addJob({
      status: 'processing',
      chunks: [failed, failed].map(({ status, sentences }) => ({ status, sentences: [...sentences] })),
    });
    await sql()`update chunks set error_code = 'MODEL_BLOCKED', error_detail = 'Declined.' where job_id = ${jobId} and index = 0`;
    expect(await finishJob(jobId)).toEqual({ status: 'failed' });
    const [row] = await sql()`select partial, error_code, error_detail from jobs where id = ${jobId}`;
    expect(row).toEqual({ partial: false, error_code: 'MODEL_BLOCKED', error_detail: 'Declined.' });
  });

  it.each([
    ['a sentence is still open', "update sentences set status = 'pending' where position = 0 and job_id = $1"],
    [
      'a sentence changed its kind behind our back',
      "update sentences set status = 'failed' where position = 0 and job_id = $1",
    ],
    ['a sentence is gone', 'delete from sentences where position = 1 and job_id = $1'],
    [
      'a sentence came from nowhere',
      `insert into sentences (job_id, position, chunk_index, page_start, page_end, paragraph, kind, original, status)
       values ($1, 99, 0, 1, 1, 9, 'narration', 'Une phrase de trop.', 'kept')`,
    ],
    ['the job counted wrong', 'update jobs set sentences_kept = sentences_kept - 1 where id = $1'],
    ['a chunk is still open', 'update jobs set processed_chunks = 0 where id = $1'],
  ])('refuses to complete when %s', async (_, tampering) => {
    const { jobId } = await addJob({
      status: 'processing',
      chunks: [{ status: 'done', sentences: ['kept', 'kept', 'skipped'] }],
    });
    await sql().unsafe(tampering, [jobId]);
    await expect(finishJob(jobId)).rejects.toMatchObject({ code: 'ACCOUNTING_MISMATCH' });
    expect(await findStatus(jobId)).toBe('processing');
  });
});
