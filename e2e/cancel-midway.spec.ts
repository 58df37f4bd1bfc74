import { makeNovel, sentinelSentence } from './support/novel-maker';
import { HomePage } from './support/pages/home-page';
import { ProgressDialog } from './support/pages/job-progress';
import { ReaderPage } from './support/pages/reader-page';
import { readCsvExport } from './support/read-exports';
import { expect, openJobId, test } from './support/story';

const LATENCY_MS = 2_000;
const CANCEL_MS = 1_000;
/** Reading, and the answers of two chunks, on a machine that has other things to do. */
const TWO_CHUNKS_MS = 40_000;
const WHOLE_NOVEL_MS = 60_000;

/** Eight chunks of which the first two are answered soon and the others five times later. */
const makeSlowNovel = () =>
  makeNovel({
    seed: 21,
    pages: 110,
    sentinels: [35, 50, 65, 80, 95, 108].map((page) => ({ sentence: sentinelSentence('SentinelleLente'), page })),
  });

test('a job stopped in the middle keeps what is done and asks for nothing more', async ({ page, reader, gemini }) => {
  const { pdf } = await makeSlowNovel();
  const small = await makeNovel({ seed: 22, pages: 2 });
  const home = new HomePage(page);
  const dialog = new ProgressDialog(page);
  const under = new ReaderPage(page);
  gemini.setLatency(LATENCY_MS);

  await home.chooseEngine('Gemini');
  await home.choose({ name: 'roman-lent.pdf', bytes: pdf });
  await home.start();
  await expect(dialog.parts).toHaveText(/^[2-7] of 8$/, { timeout: TWO_CHUNKS_MS });
  await dialog.askToStop();
  await expect(dialog.place).toContainText(
    /[\d,]+ sentences are done; they are kept, and you can read and download them\./,
  );
  await dialog.confirmStop();
  await expect(dialog.place).toContainText('Stopped.');

  await expect.poll(() => gemini.calls.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  // An answer that had come before is still counted, for it was paid.
  const answered = gemini.calls.filter(({ aborted }) => !aborted).length;
  const stopped = async () => (await reader.api.listJobs()).items[0];
  await expect.poll(async () => (await stopped())?.gemini_api_calls).toBe(answered);
  const job = await stopped();
  if (!job?.cancelled_at) throw new Error('no job was stopped');
  const stoppedAt = Date.parse(job.cancelled_at);
  await expect(dialog.place).toContainText(`Stopped. ${job.sentences.done.toLocaleString('en')} sentences are kept.`);
  const { refunded } = (await reader.api.getReport(job.id)).credits;
  expect(refunded).toBeGreaterThan(0);
  await expect(dialog.place).toContainText(`kept. ${refunded.toLocaleString('en')} credits came back.`);
  const underWay = gemini.calls.filter(({ endedAt = 0 }) => endedAt > stoppedAt);
  expect(underWay).not.toEqual([]);
  for (const { aborted, endedAt = 0 } of underWay) {
    expect(aborted).toBe(true);
    expect(endedAt - stoppedAt).toBeLessThan(CANCEL_MS);
  }

  expect(await reader.api.cancelJob(job.id)).toEqual(job);
  expect(await reader.api.cancelJob(job.id)).toEqual(job);

  await dialog.readButton.click();
  await expect(page.getByText('What was not reached is shown as the author wrote it.')).toBeVisible();
  await expect(under.novelPage(1).getByText('Still to be rewritten')).toHaveCount(0);
  expect(openJobId(page)).toBe(job.id);
  const { bytes } = await under.download('CSV');
  const [, ...rows] = readCsvExport(bytes);
  const pending = rows.filter(([, , , , status]) => status === 'pending');
  expect(rows.length - pending.length).toBe(job.sentences.done);
  expect(pending.map(([, , , rewritten]) => rewritten)).toEqual(pending.map(() => ''));
  expect(pending.every(([, on]) => Number(on) > 30)).toBe(true);

  // By the time the engine has taken another novel through, whatever was left of the first would have been asked for.
  const next = await reader.api.createJob(new File([new Uint8Array(small.pdf)], 'suivant.pdf'), { engine: 'offline' });
  await expect.poll(async () => (await reader.api.getJob(next.id)).status).toBe('completed');
  expect(gemini.calls.filter(({ startedAt }) => startedAt > stoppedAt + CANCEL_MS)).toEqual([]);
  expect(await reader.api.getJob(job.id)).toEqual(job);
});

test('a job stopped while it is read says so, keeps and spends nothing, and can be gone on with', async ({
  page,
  reader,
}) => {
  const { pdf } = await makeNovel({ seed: 23, pages: 600 });
  const home = new HomePage(page);
  const dialog = new ProgressDialog(page);

  await home.chooseEngine('Offline');
  await home.choose({ name: 'à-peine-ouvert.pdf', bytes: pdf });
  await home.start();
  await expect(dialog.place).toContainText('Reading 600 pages');
  const [job] = (await reader.api.listJobs()).items;
  if (!job) throw new Error('no job was started');
  expect((await reader.api.cancelJob(job.id)).sentences.total).toBe(0);

  await expect(dialog.place).toContainText('Stopped before the novel was read.');
  await expect(dialog.place).toContainText('Nothing was kept and nothing was spent.');
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole('button', { name: 'Go on from where it stopped' }).click();
  const status = async () => (await reader.api.getJob(job.id)).status;
  await expect.poll(status, { timeout: WHOLE_NOVEL_MS }).toBe('completed');
});
