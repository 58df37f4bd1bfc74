import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { newId } from '@/lib/ids';
import { isTerminal } from '@/lib/jobs/status';
import { startApp } from './support/app';
import { makeNovel } from './support/novel-maker';
import { expect, geminiEnv, test } from './support/story';

const Line = z.looseObject({
  msg: z.string(),
  requestId: z.string().optional(),
  userId: z.string().optional(),
  jobId: z.string().optional(),
  chunk: z.number().optional(),
  path: z.string().optional(),
});
const Answer = z.looseObject({ id: z.string().optional(), secret: z.string().optional() });
const Pair = z.looseObject({ access_token: z.string(), refresh_token: z.string() });

/** Long enough to be nobody else's words. */
const TELLING_LENGTH = 25;

const logTest = test.extend({
  app: async ({ gemini }, lend) => {
    const app = await startApp({ env: { ...geminiEnv(gemini), GEMINI_API_KEY: GEMINI_KEY, LOG_LEVEL: 'trace' } });
    await lend(app);
    await app.remove();
  },
});

const GEMINI_KEY = 'sentinelle-gemini-4711';
const EMAIL = 'sentinelle@example.org';
const NAME = 'Sentinelle Lenoir';
const PASSWORD = 'trois guetteurs dans la brume';
const WRONG_PASSWORD = 'une autre sentinelle, fausse';
const EDIT = 'Les mots du lecteur restent chez lui.';
const KEY = 'sentinelle-idempotence-0815';
const SEARCHED = 'sentinelle-cherchee';
const TITLE = 'Titre-Sentinelle';

logTest(
  'the logs tell which request, user, job and chunk, and nothing of a reader, at their most talkative',
  async ({ app }) => {
    const novel = await makeNovel({ seed: 21, pages: 33 });
    const secrets = [GEMINI_KEY, EMAIL, NAME, PASSWORD, WRONG_PASSWORD, EDIT, KEY, SEARCHED, TITLE];
    let token = '';
    const ask = async (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (token) headers.set('authorization', `Bearer ${token}`);
      if (typeof init.body === 'string') headers.set('content-type', 'application/json');
      return fetch(`${app.url}/api/v1${path}`, { ...init, headers });
    };
    const post = (path: string, body: unknown, method = 'POST') => ask(path, { method, body: JSON.stringify(body) });
    const read = async (answer: Response) => Answer.parse(await answer.json());
    const account = { email: EMAIL, password: PASSWORD, name: NAME };

    await logTest.step('somebody signs in, well and badly', async () => {
      expect((await post('/auth/register', account)).status).toBe(201);
      expect((await post('/auth/register', account)).status).toBe(409);
      expect((await post('/auth/token', { email: EMAIL, password: WRONG_PASSWORD })).status).toBe(401);
      const first = Pair.parse(await (await post('/auth/token', account)).json());
      const second = Pair.parse(await (await post('/auth/refresh', first)).json());
      expect((await post('/auth/refresh', first)).status).toBe(401);
      const third = Pair.parse(await (await post('/auth/token', account)).json());
      secrets.push(...[first, second, third].flatMap((pair) => [pair.access_token, pair.refresh_token]));
      token = third.access_token;
    });

    const { jobId, requestId } = await logTest.step('has a novel rewritten, reads it and changes it', async () => {
      const form = new FormData();
      form.set('engine', 'gemini');
      form.set('pdf_file', new File([new Uint8Array(novel.pdf)], `${TITLE}.pdf`));
      const started = await ask('/jobs', { method: 'POST', body: form, headers: { 'idempotency-key': KEY } });
      const jobId = (await read(started)).id ?? '';
      const status = async () =>
        z.looseObject({ status: z.string() }).parse(await (await ask(`/jobs/${jobId}`)).json()).status;
      await expect
        .poll(
          async () =>
            isTerminal(z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']).parse(await status())),
          { timeout: 90_000 },
        )
        .toBe(true);
      expect(await status()).toBe('completed');
      expect((await post(`/jobs/${jobId}/sentences/3`, { rewrites: [EDIT] }, 'PATCH')).status).toBe(200);
      expect((await ask(`/jobs/${jobId}/sentences?q=${SEARCHED}`)).status).toBe(200);
      for (const format of ['csv', 'json', 'txt', 'pdf'])
        await (await ask(`/jobs/${jobId}/export?format=${format}`)).bytes();
      return { jobId, requestId: started.headers.get('x-request-id') ?? '' };
    });

    await logTest.step('is told by a webhook, and asks for what is wrong', async () => {
      const { id, secret } = await read(await post('/webhooks', { url: 'https://webhooks.invalid/sentinelle' }));
      secrets.push(secret ?? 'none');
      await post(`/webhooks/${id}/test`, {});
      for (const body of ['{', JSON.stringify({ rewrites: [`${EDIT}\0`] })]) {
        expect((await ask(`/jobs/${jobId}/sentences/3`, { method: 'PATCH', body })).ok).toBe(false);
      }
      expect((await ask(`/jobs/${newId()}`)).status).toBe(404);
    });

    await logTest.step('takes all that is held, and leaves', async () => {
      await (await ask('/account/export')).bytes();
      expect((await post('/account', { current_password: WRONG_PASSWORD }, 'DELETE')).status).toBe(401);
      expect((await post('/account', { current_password: PASSWORD }, 'DELETE')).status).toBe(204);
    });

    await app.stop();
    const logs = readdirSync(join(app.dataDir, 'logs')).map((name) =>
      readFileSync(join(app.dataDir, 'logs', name), 'utf8'),
    );
    const text = logs.join('\n');
    const told = [...secrets, ...novel.sentences.filter(({ length }) => length > TELLING_LENGTH)].filter((secret) =>
      text.includes(secret),
    );
    expect(told).toEqual([]);
    expect(novel.sentences.length).toBeGreaterThan(100);

    const lines = text
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [Line.safeParse(JSON.parse(line)).data] : []));
    const ofStart = lines.find((line) => line?.requestId === requestId);
    expect(ofStart).toMatchObject({ msg: 'request', path: '/api/v1/jobs', jobId, userId: expect.any(String) });
    const ofJob = lines.filter((line) => line?.path === `/api/v1/jobs/${jobId}`);
    for (const line of ofJob)
      expect(line).toMatchObject({ jobId, userId: ofStart?.userId, requestId: expect.any(String) });
    expect(ofJob.length).toBeGreaterThan(0);
    const chunks = lines.filter((line) => line?.msg === 'chunk' && line.jobId === jobId).map((line) => line?.chunk);
    expect([...new Set(chunks)].sort()).toEqual([0, 1]);
  },
);
