import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOffloader, type Offloader } from '@/lib/offload';

/** A module that does as it is told, written where the children can load it. */
const WORKER = `
const hold = [];
export async function run({ spinMs = 0, eatMb = 0, exit, fail, echo }) {
  if (exit !== undefined) process.exit(exit);
  if (fail) throw new Error(fail);
  for (let mb = 10; mb <= eatMb; mb += 10) {
    hold.push(Buffer.alloc(10 * 1024 * 1024, 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const until = Date.now() + spinMs;
  while (Date.now() < until);
  const rssMb = process.memoryUsage.rss() / 1024 / 1024;
  return { pid: process.pid, uptime: process.uptime(), rssMb, echo, priorities: await priorities(), session: await session() };
}

/** Of every thread, on Linux. */
async function priorities() {
  if (process.platform !== 'linux') return [];
  const { readdirSync } = await import('node:fs');
  const { getPriority } = await import('node:os');
  return readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)));
}

/** Where Linux divides the cores between sessions. */
async function session() {
  const { existsSync, readFileSync } = await import('node:fs');
  return existsSync('/proc/self/autogroup') ? readFileSync('/proc/self/autogroup', 'utf8') : null;
}`;

interface Answer {
  pid: number;
  uptime: number;
  rssMb: number;
  echo?: unknown;
  priorities: number[];
  session: string | null;
}

// Not what is tested: on a busy machine a child of low priority starts slowly.
const LIMITS = { timeoutMs: 30_000, maxMemoryMb: 400 };
let folder: string;
let entry: string;
const offloaders: Offloader[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'offload-'));
  await writeFile(path.join(folder, 'worker.mjs'), WORKER);
  entry = path.relative(process.cwd(), path.join(folder, 'worker.mjs'));
});

afterAll(async () => {
  for (const offloader of offloaders) offloader.close();
  await rm(folder, { recursive: true });
});

function offloader(
  options: { processes?: number; idleMs?: number; inBackground?: boolean; entry?: string } = {},
): Offloader {
  const made = createOffloader(options.entry ?? entry, { processes: 1, idleMs: 5000, ...options });
  offloaders.push(made);
  return made;
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function untilGone(pid: number) {
  // The dead are there until whoever has them now has noticed.
  for (let tries = 0; tries < 1000 && isAlive(pid); tries += 1) await sleep(30);
  return !isAlive(pid);
}

describe('createOffloader', () => {
  it('serves one run after another from the same warm process', async () => {
    const { run } = offloader();
    const first = await run<Answer>({ echo: { été: [1, null, 'œ'] } }, LIMITS);
    const second = await run<Answer>({}, LIMITS);
    expect(first.echo).toEqual({ été: [1, null, 'œ'] });
    expect(second.pid).toBe(first.pid);
    expect(first.pid).not.toBe(process.pid);
  });

  it('prefers the process that has been there longest', async () => {
    const { run } = offloader({ processes: 2 });
    const [eldest] = await Promise.all([
      run<Answer>({}, LIMITS),
      run<Answer>({}, LIMITS).then(() => run<Answer>({ spinMs: 300 }, LIMITS)),
    ]);
    const next = [await run<Answer>({}, LIMITS), await run<Answer>({}, LIMITS)];
    expect(next.map(({ pid }) => pid)).toEqual([eldest.pid, eldest.pid]);
  });

  it('lets the process that answers readers go first', async () => {
    const { run } = offloader();
    const { pid, priorities } = await run<Answer>({}, LIMITS);
    expect(getPriority(pid)).toBeGreaterThan(getPriority());
    expect(priorities.filter((priority) => priority <= getPriority())).toEqual([]);
  });

  it('lets the database go first as well with long work, where the cores are divided between sessions', async () => {
    const sessions = existsSync('/proc/self/autogroup');
    const long = offloader({ inBackground: true });
    const stepsBack = sessions ? expect.stringMatching(/ nice 5$/m) : null;
    await expect.poll(async () => (await long.run<Answer>({}, LIMITS)).session, { timeout: 10_000 }).toEqual(stepsBack);
    const { session } = await offloader().run<Answer>({}, LIMITS);
    expect(session).toEqual(sessions ? await readFile('/proc/self/autogroup', 'utf8') : null);
  });

  it('gives expected work a process that has started before it', async () => {
    const made = offloader();
    made.warm();
    made.warm();
    await sleep(1500);
    const { uptime } = await made.run<Answer>({}, LIMITS);
    expect(uptime).toBeGreaterThan(1);
  });

  it('keeps to its number of processes', async () => {
    const { run } = offloader({ processes: 2 });
    const answers = await Promise.all([0, 1, 2, 3, 4].map(() => run<Answer>({ spinMs: 30 }, LIMITS)));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
  });

  it('serves those who wait in the order of their coming', async () => {
    const { run } = offloader();
    const finished: number[] = [];
    const numbers = [0, 1, 2, 3, 4];
    await Promise.all(numbers.map((number) => run({}, LIMITS).then(() => finished.push(number))));
    expect(finished).toEqual(numbers);
  });

  it('kills what takes too long, and goes on with a new process', async () => {
    const { run } = offloader();
    const { pid } = await run<Answer>({}, LIMITS);
    await expect(run({ spinMs: 60_000 }, { ...LIMITS, timeoutMs: 200 })).rejects.toMatchObject({ kind: 'timeout' });
    expect(await untilGone(pid)).toBe(true);
    expect((await run<Answer>({}, LIMITS)).pid).not.toBe(pid);
  });

  it('kills what takes too much memory', async () => {
    const { run } = offloader();
    await expect(run({ eatMb: 2000 }, { ...LIMITS, maxMemoryMb: 250 })).rejects.toMatchObject({ kind: 'memory' });
  });

  it('goes on with a process that is rather full, and replaces one that is nearly too full', async () => {
    const { run } = offloader();
    const eat = (eatMb: number) => run<Answer>({ eatMb, spinMs: 200 }, { ...LIMITS, maxMemoryMb: 800 });
    const empty = await eat(0);
    const rather = await eat(660 - empty.rssMb);
    const nearly = await eat(750 - rather.rssMb);
    const next = await eat(0);
    expect([rather.pid, nearly.pid]).toEqual([empty.pid, empty.pid]);
    expect(next.pid).not.toBe(empty.pid);
  });

  it('says so when the process dies', async () => {
    const { run } = offloader();
    await expect(run({ exit: 3 }, LIMITS)).rejects.toMatchObject({
      kind: 'crashed',
      message: expect.stringMatching('3'),
    });
    await expect(run({ fail: 'broken' }, LIMITS)).rejects.toMatchObject({ kind: 'crashed', message: 'broken' });
  });

  it('kills the process on abort and rejects with the signal’s reason', async () => {
    const { run } = offloader();
    const { pid } = await run<Answer>({}, LIMITS);
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const running = run({ spinMs: 60_000 }, { ...LIMITS, signal: controller.signal });
    const queued = run({}, { ...LIMITS, signal: controller.signal });
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(queued).rejects.toBe(reason);
    expect(await untilGone(pid)).toBe(true);
  });

  it('lets the product’s own errors through as they are', async () => {
    const { run } = offloader({ entry: 'lib/pdf/read-worker.ts' });
    const file = path.join(folder, 'worker.mjs');
    await expect(run({ kind: 'inspect', path: file, maxPages: 10 }, LIMITS)).rejects.toMatchObject({
      name: 'AppError',
      code: 'NOT_A_PDF',
    });
  });

  it('ends a process that has had nothing to do', async () => {
    const { run } = offloader({ idleMs: 100 });
    const { pid } = await run<Answer>({}, LIMITS);
    expect(await untilGone(pid)).toBe(true);
  });

  it('rejects what was running and waiting when it is closed', async () => {
    const { run, close } = offloader();
    const runs = Promise.allSettled([run({ spinMs: 60_000 }, LIMITS), run({}, LIMITS)]);
    close();
    for (const outcome of await runs) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'crashed' } });
    }
  });

  it('leaves no busy process behind when its parent is killed', async () => {
    const program = `
      import { createOffloader } from '@/lib/offload';
      const { run } = createOffloader(${JSON.stringify(entry)}, { processes: 1, idleMs: 60000 });
      const limits = { timeoutMs: 60000, maxMemoryMb: 400 };
      const { pid } = await run({}, limits);
      process.stdout.write(String(pid));
      await run({ spinMs: 60000 }, limits);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program]);
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    await sleep(100);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await untilGone(pid)).toBe(true);
  });
});
