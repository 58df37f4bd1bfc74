import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement';

/** A fresh clone of what is committed, started as its README says, and started again. The npm cache is as it is. */
export async function run(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'novel-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', '.', folder]);
    const first = await start(folder);
    const second = await start(folder);
    return [
      { what: 'fresh clone to a page that answers', value: first.readySeconds, unit: 's', goal: { atMost: 180 } },
      { what: 'second start', value: second.readySeconds, unit: 's', goal: { atMost: 6 } },
      { what: 'Ctrl-C to nothing left', value: second.stopSeconds, unit: 's', goal: { atMost: 5 } },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(folder: string): Promise<{ readySeconds: number; stopSeconds: number }> {
  const startedAt = performance.now();
  const { DATA_DIR: _, ...env } = process.env;
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'scripts/start.ts'], {
    cwd: folder,
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlFrom(child.stdout);
  const page = await fetch(url);
  if (!page.ok) throw new Error(`the page answered ${page.status}`);
  const readySeconds = (performance.now() - startedAt) / 1000;
  const stoppingAt = performance.now();
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
  return { readySeconds, stopSeconds: (performance.now() - stoppingAt) / 1000 };
}

async function urlFrom(output: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const part of output) {
    text += String(part);
    const url = /^ {2}Open +(\S+)$/m.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`it did not start:\n${text}`);
}
