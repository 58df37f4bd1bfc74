import type { Api } from '@/lib/client/api';
import { startApp } from './support/app';
import { makeNovel, sentinelSentence } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { test as base, expect, geminiEnv } from './support/story';

const test = base.extend({
  // Its processes are killed: nobody else may use it.
  app: async ({ gemini }, lend) => {
    const app = await startApp({ env: geminiEnv(gemini) });
    await lend(app);
    await app.remove();
  },
});

const LATENCY_MS = 1_500;
/** Reading, and the answers of one chunk, on a machine that has other things to do. */
const READING_MS = 40_000;
const RECOVERY_MS = 60_000;
const FORMATS = ['csv', 'json', 'txt'] as const;

const exportAll = (api: Api, jobId: string) =>
  Promise.all(FORMATS.map(async (format) => (await api.getExport(jobId, format)).text()));

test('a crash in the middle of a job costs only the calls that were under way', async ({
  app,
  page,
  reader,
  gemini,
}) => {
  const slow = [25, 45].map((on) => ({ sentence: sentinelSentence('SentinelleLente'), page: on }));
  const { pdf } = await makeNovel({ seed: 31, pages: 80, sentinels: slow });
  const novel = { name: 'naufrage.pdf', bytes: pdf };
  const home = new HomePage(page);
  const dialog = new ProgressDialog(page);

  gemini.setLatency(LATENCY_MS);
  await home.chooseEngine('Gemini');
  await home.choose(novel);
  await home.start();
  await expect(dialog.parts).toHaveText(/^[1-3] of 4$/, { timeout: READING_MS });
  const [running] = (await reader.api.listJobs()).items;
  if (!running) throw new Error('no job was started');
  await app.kill9();
  const before = gemini.calls.splice(0);
  await expect(dialog.lost).toBeVisible();

  gemini.setLatency(0);
  await app.restart();
  await expect(dialog.place).toContainText('Done.', { timeout: RECOVERY_MS });
  await expect(dialog.lost).toBeHidden();
  const after = gemini.calls.splice(0);
  const resumed = await reader.api.getJob(running.id);
  expect(resumed.status).toBe('completed');
  const texts = await exportAll(reader.api, running.id);
  const report = await reader.api.getReport(running.id);
  const chunks = (await reader.api.getChunks(running.id)).items;

  // While it is there, its sentences would be taken over.
  await reader.api.deleteJob(running.id);
  const file = new File([new Uint8Array(pdf)], novel.name);
  const undisturbed = await reader.api.createJob(file, { engine: 'gemini' });
  await expect.poll(async () => (await reader.api.getJob(undisturbed.id)).status).toBe('completed');
  expect(texts).toEqual(await exportAll(reader.api, undisturbed.id));
  expect(report.sentences).toEqual((await reader.api.getReport(undisturbed.id)).sentences);

  const answered = before.filter(({ status }) => status === 200).flatMap(({ numbers }) => numbers);
  const broken = before.filter(({ status }) => status !== 200).flatMap(({ numbers }) => numbers);
  const askedAgain = after.filter(({ repeated }) => repeated.length === 0).flatMap(({ numbers }) => numbers);
  const whole = gemini.calls.filter(({ repeated }) => repeated.length === 0).flatMap(({ numbers }) => numbers);
  expect(broken).not.toEqual([]);
  expect(askedAgain).toEqual(expect.arrayContaining(broken));
  expect(new Set([...answered, ...askedAgain])).toEqual(new Set(whole));
  expect(whole).toHaveLength(new Set(whole).size);
  // Nothing of a chunk that had been stored is asked for again.
  expect(chunks.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
  expect(chunks[0]?.attempts).toBe(1);
});
