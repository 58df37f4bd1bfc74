import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DELETE } from '@/app/api/v1/jobs/[jobId]/route';
import { POST } from '@/app/api/v1/jobs/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { makeNovel } from '@/e2e/support/novel-maker';
import { makeWrongFile, type WrongFile } from '@/e2e/support/novel-wrong-file';
import { signAccessToken } from '@/lib/auth/access-token';
import { Problem } from '@/lib/http/problem-schema';
import { Job } from './schema';

const MAX_PAGES = 40;

const { dataDir, remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    MAX_PAGES: '40',
    MAX_UPLOAD_MB: '1',
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
  }),
);

// The first use of reader and lexicons starts their processes, on a busy machine for many seconds.
vi.setConfig({ testTimeout: 60_000 });

connectTestDatabase();
let userId = '';
beforeAll(async () => {
  userId = await addUser();
});
afterAll(remove);

async function upload(bytes: Uint8Array, settings: Record<string, string> = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(settings)) body.set(name, value);
  body.set('pdf_file', new File([new Uint8Array(bytes)], 'Le Phare.pdf', { type: 'application/pdf' }));
  const wire = new Response(body);
  const headers = {
    authorization: `Bearer ${await signAccessToken(userId)}`,
    'content-type': wire.headers.get('content-type') ?? '',
  };
  const request = new Request('http://localhost/api/v1/jobs', { method: 'POST', body: await wire.bytes(), headers });
  return POST(request, { params: Promise.resolve({}) });
}

const stored = () => {
  const root = join(dataDir, 'files');
  return existsSync(root) ? readdirSync(root, { recursive: true }).filter((name) => name !== '.incoming') : [];
};
const rowCounts = async () => {
  const [row] = await sql()`
    select (select count(*) from novels) + (select count(*) from jobs) + (select count(*) from chunks)
      + (select count(*) from sentences) as rows`;
  return Number(row?.rows);
};

describe('a wrong upload', () => {
  afterEach(async () => {
    expect(stored()).toEqual([]);
    expect(await rowCounts()).toBe(0);
  });

  it.each<[WrongFile, number, string]>([
    ['empty', 422, 'FILE_EMPTY'],
    ['not-a-pdf', 415, 'NOT_A_PDF'],
    ['damaged', 422, 'PDF_DAMAGED'],
    ['encrypted', 422, 'PDF_ENCRYPTED'],
    ['no-pages', 422, 'PDF_NO_PAGES'],
    ['too-many-pages', 422, 'PDF_TOO_MANY_PAGES'],
    ['no-text', 422, 'PDF_NO_TEXT'],
    ['garbled', 422, 'PDF_UNREADABLE_TEXT'],
  ])('(%s) is answered %i %s and leaves nothing behind', async (kind, status, code) => {
    const response = await upload(await makeWrongFile(kind, { pages: MAX_PAGES + 1 }));
    expect(Problem.parse(await response.json())).toMatchObject({ status, code, instance: '/api/v1/jobs' });
  });

  it('(too large) is answered 413 and leaves nothing behind', async () => {
    const response = await upload(new Uint8Array(2 * 1024 * 1024));
    expect(await response.json()).toMatchObject({ status: 413, code: 'FILE_TOO_LARGE' });
  });

  it.each([
    [{ sentence_length_limit: '2' }, 'sentence_length_limit'],
    [{ sentence_length_limit: '51' }, 'sentence_length_limit'],
    [{ sentence_length_limit: 'many' }, 'sentence_length_limit'],
    [{ min_sentence_length: '11' }, 'min_sentence_length'],
    [{ engine: 'abacus' }, 'engine'],
    [{ engine: 'gemini' }, 'engine'],
    [{ gemini_model: 'best' }, 'gemini_model'],
    [{ ignore_dialogue: 'perhaps' }, 'ignore_dialogue'],
  ])('(settings %j) is answered 422 and leaves nothing behind', async (settings, field) => {
    const { pdf } = await makeNovel({ seed: 1, pages: 1 });
    const response = await upload(pdf, settings);
    expect(await response.json()).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field }] });
  });
});

it('a novel becomes a job with its settings and its plan, and is deleted with its file', async () => {
  const { pdf } = await makeNovel({ seed: 31, pages: 31 });
  const response = await upload(pdf, { sentence_length_limit: '12', ignore_dialogue: 'true', gemini_model: 'speed' });
  expect(response.status).toBe(202);
  const job = Job.parse(await response.json());
  expect(response.headers.get('location')).toBe(job.links.self);
  expect(job).toMatchObject({
    status: 'pending',
    engine: 'offline',
    total_chunks: 2,
    pages: 31,
    novel: { name: 'Le Phare.pdf' },
    settings: { sentence_length_limit: 12, min_sentence_length: 2, ignore_dialogue: true, gemini_model: 'speed' },
  });
  expect(stored()).toHaveLength(1);
  const plan = await sql()`select page_start, page_end from chunks where job_id = ${job.id} order by index`;
  expect(plan.map((row) => [row.page_start, row.page_end])).toEqual([
    [1, 20],
    [21, 31],
  ]);

  const headers = { authorization: `Bearer ${await signAccessToken(userId)}` };
  const deletion = new Request(`http://localhost${job.links.self}`, { method: 'DELETE', headers });
  expect((await DELETE(deletion, { params: Promise.resolve({ jobId: job.id }) })).status).toBe(204);
  expect(stored()).toEqual([]);
  expect(await rowCounts()).toBe(0);
});
