import { createWriteStream, openAsBlob } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApi } from '@/lib/client/api';
import { isApiError } from '@/lib/client/api-error';
import type { ExportFormat, Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';
import { findInstance } from './novel/find-instance';
import { gapsOf } from './novel/gaps';
import { createProgressBar } from './novel/progress-bar';
import { readOptions, USAGE, UsageError } from './novel/read-options';

const EXIT = { complete: 0, failed: 1, partial: 2, interrupted: 130 };
const POLL_MS = 400;

const say = (line: string) => process.stderr.write(`${line}\n`);
type Api = ReturnType<typeof createApi>;

/** Ctrl-C asks the server to stop the job, so that nothing goes on unseen. */
async function follow(api: Api, started: Job): Promise<{ job: Job; isInterrupted: boolean }> {
  const bar = createProgressBar(process.stderr);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  let job = started;
  let etag: string | null = null;
  while (!isTerminal(job.status)) {
    if (stop.signal.aborted) {
      bar.end();
      return { job: await api.cancelJob(job.id), isInterrupted: true };
    }
    const changed = await api.findChangedJob(job.id, etag);
    if (changed) ({ job, etag } = changed);
    bar.show(job);
    await sleep(POLL_MS);
  }
  bar.end();
  return { job, isInterrupted: false };
}

/** Written beside and moved in place: a result is whole or not there. */
async function save(api: Api, job: Job, out: string, format: ExportFormat): Promise<void> {
  const unfinished = `${out}.part`;
  try {
    const { body } = await api.getExport(job.id, format);
    await body?.pipeTo(Writable.toWeb(createWriteStream(unfinished)));
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function tellWhyNot({ error }: Job): number {
  say(error ? `${error.detail} (${error.code})` : 'The job was stopped.');
  return EXIT.failed;
}

function tellResult(job: Job, gaps: string[], out: string): number {
  const { sentences } = job;
  say(
    `${out}: ${sentences.total} sentences, ${sentences.rewritten} rewritten, ${sentences.kept} kept, ` +
      `${sentences.skipped} skipped, ${sentences.failed} failed; ${job.processing_time_seconds} s`,
  );
  for (const { pages, code } of job.failed_chunks) {
    const [which, them] = pages.includes('–') ? [`pages ${pages} are`, 'them'] : [`page ${pages} is`, 'it'];
    say(`  ${which} as the author wrote ${them}: ${code}`);
  }
  for (const gap of gaps) say(`  ${gap}`);
  return job.partial ? EXIT.partial : EXIT.complete;
}

async function open(path: string): Promise<File> {
  try {
    return new File([await openAsBlob(path)], basename(path));
  } catch (cause) {
    throw new Error(`${path} cannot be read`, { cause });
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  // npm runs scripts in the project's folder; what the reader typed is relative to theirs.
  const typedIn = process.env.INIT_CWD ?? process.cwd();
  const out = resolve(typedIn, options.out);
  const file = await open(resolve(typedIn, options.pdf));
  const instance = await findInstance(options.url, say);
  try {
    const api = createApi({ baseUrl: instance.url, accessToken: () => instance.accessToken });
    const { job, isInterrupted } = await follow(api, await api.createJob(file, options.settings));
    if (isInterrupted) {
      say('Stopped.');
      return EXIT.interrupted;
    }
    if (job.status !== 'completed') return tellWhyNot(job);
    await save(api, job, out, options.format);
    return tellResult(job, gapsOf(await api.getReport(job.id)), options.out);
  } finally {
    await instance.close();
  }
}

main()
  .catch((error: unknown) => {
    if (error instanceof UsageError) say(`${error.message}\n\n${USAGE}`);
    else if (isApiError(error)) say(`${error.problem.detail} (${error.code})`);
    else say(error instanceof Error ? error.message : String(error));
    return EXIT.failed;
  })
  .then((code) => {
    process.exitCode = code;
  });
