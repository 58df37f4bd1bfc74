import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { makeNovel, sentinelSentence } from './support/novel-maker';
import { makeWrongFile } from './support/novel-wrong-file';
import { runScript } from './support/run-script';
import { expect, test } from './support/story';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'novel-shell-'));
  chmodSync(folder, 0o711);
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const novel = (args: string[], dataDir: string) =>
  runScript('scripts/novel.ts', args, { DATA_DIR: dataDir, INIT_CWD: folder });

async function write(name: string, pages: number, refusedOn?: number) {
  const sentinels =
    refusedOn === undefined ? [] : [{ sentence: sentinelSentence('SentinelleRefusee'), page: refusedOn }];
  writeFileSync(join(folder, name), (await makeNovel({ seed: 8, pages, sentinels })).pdf);
}

test('the command says by its exit code whether the novel came back whole, with gaps or not at all', async ({
  app,
  gemini: _,
}) => {
  await write('whole.pdf', 2);
  const whole = novel(['whole.pdf', '-o', 'whole.txt', '--engine', 'gemini'], app.dataDir);
  expect(await whole.ended, whole.said()).toBe(0);
  expect(whole.said()).toMatch(/whole\.txt: \d+ sentences, \d+ rewritten/);
  expect(readFileSync(join(folder, 'whole.txt'), 'utf8').length).toBeGreaterThan(500);

  await write('gap.pdf', 33, 25);
  const gap = novel(['gap.pdf', '--engine', 'gemini'], app.dataDir);
  expect(await gap.ended, gap.said()).toBe(2);
  expect(gap.said()).toContain('pages 21–33 are as the author wrote them: MODEL_REQUEST_REFUSED');
  expect(existsSync(join(folder, 'gap.csv'))).toBe(true);

  await write('lost.pdf', 1, 1);
  const lost = novel(['lost.pdf', '-o', 'lost.csv', '--engine', 'gemini'], app.dataDir);
  expect(await lost.ended, lost.said()).toBe(1);
  expect(lost.said()).toContain('MODEL_REQUEST_REFUSED');

  writeFileSync(join(folder, 'none.pdf'), 'no novel');
  const none = novel(['none.pdf'], app.dataDir);
  expect(await none.ended).toBe(1);
  expect(none.said()).toContain('NOT_A_PDF');
  expect(readdirSync(folder).filter((name) => !name.endsWith('.pdf'))).toEqual(['gap.csv', 'whole.txt']);
});

test('the command names the pages that it could not read, each with its reason', async ({ app }) => {
  const doc = await PDFDocument.load((await makeNovel({ seed: 9, pages: 2 })).pdf);
  for (const kind of ['no-text', 'no-text', 'blank'] as const) {
    const [page] = await doc.copyPages(await PDFDocument.load(await makeWrongFile(kind)), [0]);
    if (page) doc.addPage(page);
  }
  writeFileSync(join(folder, 'mixed.pdf'), await doc.save());
  const mixed = novel(['mixed.pdf', '--engine', 'offline'], app.dataDir);
  expect(await mixed.ended, mixed.said()).toBe(0);
  expect(mixed.said()).toContain('  Pages 3–4 have no text; they look scanned.\n  Page 5 is blank.\n');
});

test('where nothing runs, the command starts all it needs and takes it away again', async () => {
  await write('alone.pdf', 1);
  const dataDir = join(folder, 'data');
  const alone = novel(['alone.pdf', '-o', 'alone.csv'], dataDir);
  expect(await alone.ended, alone.said()).toBe(0);
  expect(alone.said()).toContain('Starting an instance for this novel');
  expect(readFileSync(join(folder, 'alone.csv'), 'utf8').split('\n').length).toBeGreaterThan(10);
  expect(existsSync(join(dataDir, 'supervisor.lock'))).toBe(false);
});
