import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './support/app';
import { makeNovel } from './support/novel-maker';
import { runScript } from './support/run-script';
import { expect, test } from './support/story';

const KEYS = { INNGEST_SIGNING_KEY: `signkey-test-${'ab'.repeat(32)}`, INNGEST_EVENT_KEY: 'another-event-key' };

const ways = [
  {
    name: 'INNGEST_BASE_URL and keys',
    args: [],
    keys: KEYS,
    to: (url: string) => ({ INNGEST_BASE_URL: url, ...KEYS }),
  },
  { name: 'INNGEST_DEV', args: ['--dev'], keys: {}, to: (url: string) => ({ INNGEST_DEV: url }) },
];

for (const { name, args, keys, to } of ways)
  test(`an Inngest elsewhere, named by ${name}, runs a novel to its end`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'novel-elsewhere-'));
    // As root, the database runs as a user who must be able to pass.
    chmodSync(folder, 0o711);
    // On a database of its own, so that nothing but its address leads to it.
    const engine = runScript('scripts/engine.ts', ['--port', '0', ...args], { DATA_DIR: join(folder, 'its'), ...keys });
    await expect.poll(engine.said, { timeout: 60_000 }).toContain('engine is ready at');
    const [, url = ''] = /ready at (http:\S+?),?\s/.exec(engine.said()) ?? [];
    const app = await startApp({ env: to(url) });

    writeFileSync(join(folder, 'novel.pdf'), (await makeNovel({ seed: 21, pages: 2 })).pdf);
    const command = runScript('scripts/novel.ts', ['novel.pdf'], { DATA_DIR: app.dataDir, INIT_CWD: folder });
    expect(await command.ended, command.said()).toBe(0);

    // One of the app's own would have done as well.
    expect(existsSync(join(app.dataDir, 'logs', 'engine.log'))).toBe(false);

    await app.remove();
    engine.child.kill('SIGTERM');
    expect(await engine.ended).toBe(0);
    rmSync(folder, { recursive: true });
  });
