import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as estimate } from '@/app/api/v1/estimate/route';
import { POST as createJob } from '@/app/api/v1/jobs/route';
import { GET, PUT } from '@/app/api/v1/settings/route';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import { askRoute, novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import { signAccessToken } from '@/lib/auth/access-token';
import { getJob } from './queries';
import { Job, UserSettings } from './schema';

const { remove } = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment({
    // Nobody is there: a start is sent again by the sweep.
    INNGEST_DEV: 'http://127.0.0.1:9',
  }),
);
vi.setConfig({ testTimeout: 60_000 });
connectTestDatabase();
afterAll(remove);

let pdf: Uint8Array;
let userId = '';
beforeAll(async () => {
  ({ pdf } = await makeNovel({ seed: 3, pages: 1 }));
});
beforeEach(async () => {
  userId = await addUser();
});

const ask = async (method: 'GET' | 'PUT', body?: unknown, as = userId) => {
  const headers = { authorization: `Bearer ${await signAccessToken(as)}` };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const request = new Request('http://localhost/api/v1/settings', init);
  return (method === 'GET' ? GET : PUT)(request, { params: Promise.resolve({}) });
};
const upload = async (fields: Record<string, string> = {}) =>
  Job.parse(await (await askRoute(createJob, userId, novelForm(pdf, fields))).json());

const USUAL = {
  sentence_length_limit: 8,
  min_sentence_length: 2,
  engine: 'offline',
  gemini_model: 'balanced',
  ignore_dialogue: false,
  fix_hyphenation: true,
  preserve_formatting: true,
};
const MINE = {
  sentence_length_limit: 12,
  min_sentence_length: 4,
  engine: 'offline',
  gemini_model: 'quality',
  ignore_dialogue: true,
  fix_hyphenation: false,
  preserve_formatting: false,
};

describe('settings', () => {
  it('are the same for everybody until somebody chooses', async () => {
    expect(await (await ask('GET')).json()).toEqual(USUAL);
    const chosen = await ask('PUT', MINE);
    expect([chosen.status, await chosen.json()]).toEqual([200, MINE]);
    expect(UserSettings.parse(await (await ask('GET')).json())).toEqual(MINE);
    expect(await (await ask('GET', undefined, await addUser())).json()).toEqual(USUAL);
  });

  it('are taken as a whole: what is left out is as usual', async () => {
    await ask('PUT', MINE);
    expect(await (await ask('PUT', { sentence_length_limit: 20 })).json()).toEqual({
      ...USUAL,
      sentence_length_limit: 20,
    });
  });

  it.each([
    ['sentence_length_limit', [2, 51, 8.5, 'eight', null], [3, 50]],
    ['min_sentence_length', [0, 11, -1], [1, 10]],
    ['engine', ['other', 'gemini'], ['offline']],
    ['gemini_model', ['best'], ['balanced', 'quality', 'speed']],
    ['ignore_dialogue', ['perhaps', 3], [true, false]],
  ])('have bounds: %s', async (field, wrong, right) => {
    for (const value of wrong) {
      const refused = await ask('PUT', { ...USUAL, [field]: value });
      expect(await refused.json()).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field }] });
    }
    for (const value of right) {
      expect(await (await ask('PUT', { ...USUAL, [field]: value })).json()).toMatchObject({ [field]: value });
    }
  });

  it('fall back on what is configured when their engine is not any more', async () => {
    await ask('PUT', MINE);
    await sql()`update user_settings set engine = 'gemini' where user_id = ${userId}`;
    expect(await (await ask('GET')).json()).toEqual(MINE);
    expect((await upload()).engine).toBe('offline');
  });
});

describe('a job', () => {
  it('is made with its user’s settings, but for what it says itself', async () => {
    await ask('PUT', MINE);
    expect((await upload()).settings).toEqual(MINE);
    const job = await upload({ sentence_length_limit: '30', ignore_dialogue: 'false' });
    expect(job.settings).toEqual({ ...MINE, sentence_length_limit: 30, ignore_dialogue: false });
  });

  it('keeps what it was made with', async () => {
    const { id } = await upload();
    await ask('PUT', MINE);
    expect((await getJob(userId, id)).job.settings).toEqual(USUAL);
  });

  it('is quoted with them, too', async () => {
    const quote = async () => (await askRoute(estimate, userId, novelForm(pdf))).json();
    const before = await quote();
    await ask('PUT', { ...USUAL, sentence_length_limit: 50 });
    const after = await quote();
    expect(after.kept_sentences).toBeGreaterThan(before.kept_sentences);
  });
});
