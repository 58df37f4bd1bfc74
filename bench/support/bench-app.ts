import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { startApp } from '@/e2e/support/app';
import { type Api, createApi } from '@/lib/client/api';
import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';

type Get = (path: string, init?: { headers?: Record<string, string>; signal?: AbortSignal }) => Promise<Response>;

export interface BenchApp {
  url: string;
  dataDir: string;
  api: Api;
  /** As the reader, without the client. */
  get: Get;
  /** Resident memory of the web process now, in MB. */
  webMb(): number;
  /** Resident memory of the web process alone, in MB, watched all the time. */
  peakWebMb(): number;
  waitForEnd(job: Job, timeoutMs?: number): Promise<Job>;
  close(): Promise<void>;
}

const MEMORY_POLL_MS = 100;
const PAGE_KB = 4;

/** The built product, as `npm start` runs it, on an empty folder, with a reader signed in. */
export async function startBenchApp(env: Record<string, string> = {}): Promise<BenchApp> {
  const app = await startApp({ env });
  const reader = { email: 'bench@example.org', password: 'a quiet reading room' };
  const open = createApi({ baseUrl: app.url });
  await open.register(reader);
  const { access_token } = await open.token(reader);
  const api = createApi({ baseUrl: app.url, accessToken: () => access_token });
  const get: Get = (path, init = {}) =>
    fetch(new URL(path, app.url), {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${access_token}` },
    });
  const memory = watchMemory(webPid(Number(new URL(app.url).port)));
  return {
    url: app.url,
    dataDir: app.dataDir,
    api,
    get,
    webMb: memory.nowMb,
    peakWebMb: memory.peakMb,
    waitForEnd: (job, timeoutMs) => waitForEnd(get, job, timeoutMs),
    close: async () => {
      memory.stop();
      await app.remove();
    },
  };
}

/** By the job's events, as the page does: they are told as they happen, and asking again and again would cost the job time. */
async function waitForEnd(get: Get, job: Job, timeoutMs = 300_000): Promise<Job> {
  const signal = AbortSignal.timeout(timeoutMs);
  let last = job;
  while (!isTerminal(last.status)) {
    const { body } = await get(`/api/v1/jobs/${job.id}/events`, { signal });
    let text = '';
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (text + piece).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, told] = /^event: job\ndata: (.+)$/m.exec(event) ?? [];
        if (told) last = JSON.parse(told);
      }
    }
  }
  return last;
}

/** The process that listens on the port: the listening socket's inode, found among the open files of our processes. */
function webPid(port: number): number {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === '0A');
  const inode = listening?.[9];
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((name) => openFiles(name).includes(`socket:[${inode}]`));
  if (!inode || !pid) throw new Error(`nobody listens on port ${port}`);
  return Number(pid);
}

function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    // It ended while we looked.
    return [];
  }
}

function watchMemory(pid: number) {
  let peak = 0;
  const nowMb = () => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_KB) / 1024;
  const timer = setInterval(() => {
    peak = Math.max(peak, nowMb());
  }, MEMORY_POLL_MS);
  return { nowMb, peakMb: () => peak, stop: () => clearInterval(timer) };
}
