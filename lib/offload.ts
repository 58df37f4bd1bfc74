import { type ChildProcess, execFile, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError, type ErrorCode, type FieldError } from '@/lib/errors';

export type OffloadFailure = 'timeout' | 'memory' | 'crashed';

/** The work did not end by itself: it was killed for its time or memory, or its process died. */
export class OffloadError extends Error {
  override readonly name = 'OffloadError';
  readonly kind: OffloadFailure;

  constructor(kind: OffloadFailure, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
  }
}

export interface OffloadLimits {
  /** Counted from the moment a process takes the work, not from when it was queued. */
  timeoutMs: number;
  maxMemoryMb: number;
  signal?: AbortSignal;
}

export interface Offloader {
  run<O>(input: unknown, limits: OffloadLimits): Promise<O>;
  /** Starts a process for work that is about to come, unless one stands ready. */
  warm(): void;
  /** Ends every process; what was not done is rejected as crashed. */
  close(): void;
}

interface OffloaderOptions {
  processes: number;
  idleMs: number;
  /** The most that new objects take in a child, in MB; more of it means fewer collections. Default: Node's. */
  nurseryMb?: number;
  /** Long work: not only the web process goes first, but its database and engine too. */
  inBackground?: boolean;
}

/** What a child sends back; the wire format between this file and offload-child.ts. */
export type OffloadReply<O = unknown> =
  | { ok: true; output: O }
  | { ok: false; code: ErrorCode | null; message: string; fields: FieldError[] };

interface Task {
  input: unknown;
  limits: OffloadLimits;
  settle: (reply: OffloadReply | Error) => void;
}

interface Child {
  process: ChildProcess;
  idleTimer?: NodeJS.Timeout;
}

const POLL_MS = 75;
/** What is free again is used again: after ten novels of 1,000 pages a reader holds 440 MB, and not more after that. */
const REUSABLE_SHARE = 7 / 8;
const PAGE_BYTES = 4096;
const MEGABYTE = 1024 * 1024;
const execFileAsync = promisify(execFile);

/** Ended with this process: those that have only begun to start would notice some time later. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/**
 * Runs `run(input)` of a module in child processes, at most `processes` at once and the rest first come, first served.
 * `entry` is a path from the root of the repository. A child serves many runs and ends after `idleMs` without work.
 */
export function createOffloader(entry: string, options: OffloaderOptions): Offloader {
  const queue: Task[] = [];
  const idle: Child[] = [];
  const children = new Set<Child>();
  let busy = 0;

  const start = (): Child => {
    const child: Child = { process: forkChild(entry, options) };
    children.add(child);
    living.add(child.process);
    const forget = () => {
      living.delete(child.process);
      clearTimeout(child.idleTimer);
      children.delete(child);
      if (idle.includes(child)) idle.splice(idle.indexOf(child), 1);
    };
    child.process.once('exit', forget).on('error', forget);
    return child;
  };

  const rest = (child: Child) => {
    holdParent(child.process, false);
    child.idleTimer = setTimeout(() => child.process.kill('SIGKILL'), options.idleMs).unref();
    idle.push(child);
  };

  /** The eldest, which has practised most; the others are for what comes at the same time. */
  const takeIdle = (): Child | undefined => {
    const eldest = [...children].find((child) => idle.includes(child));
    if (eldest) idle.splice(idle.indexOf(eldest), 1);
    return eldest;
  };

  const work = () => {
    while (busy < options.processes) {
      const task = queue.shift();
      if (task === undefined) return;
      const child = takeIdle() ?? start();
      clearTimeout(child.idleTimer);
      busy += 1;
      runInChild(child.process, task, (reusable) => {
        busy -= 1;
        if (reusable) rest(child);
        else child.process.kill('SIGKILL');
        work();
      });
    }
  };

  return {
    warm: () => {
      if (idle.length === 0 && busy < options.processes) rest(start());
    },
    run: <O>(input: unknown, limits: OffloadLimits) =>
      new Promise<O>((resolve, reject) => {
        const { signal } = limits;
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          if (queue.includes(task)) queue.splice(queue.indexOf(task), 1);
          reject(signal?.reason);
        };
        const settle = (reply: OffloadReply | Error) => {
          signal?.removeEventListener('abort', onAbort);
          if (isOutput<O>(reply)) resolve(reply.output);
          else reject(toError(reply));
        };
        const task: Task = { input, limits, settle };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(task);
        work();
      }),
    close: () => {
      for (const task of queue.splice(0)) task.settle(new OffloadError('crashed', 'The offloader was closed'));
      for (const child of children) child.process.kill('SIGKILL');
    },
  };
}

/** Of its full size from the start, and kept while there is no work. */
const nursery = (mb: number) => [`--min-semi-space-size=${mb}`, `--max-semi-space-size=${mb}`, '--no-memory-reducer'];

function forkChild(entry: string, { nurseryMb, inBackground = false }: OffloaderOptions): ChildProcess {
  // Joined at run time so that the bundler does not take the children's modules for its own.
  const root = process.cwd();
  const child = path.join(/* turbopackIgnore: true */ root, 'lib/offload-child.ts');
  const watch = path.join(/* turbopackIgnore: true */ root, 'lib/watch-parent.mjs');
  return fork(child, [path.join(root, entry), String(process.pid), inBackground ? 'background' : ''], {
    cwd: root,
    execArgv: [...(nurseryMb ? nursery(nurseryMb) : []), '--import', watch, '--import', 'tsx'],
    serialization: 'advanced',
    // A session of its own, which Linux can give a priority; see offload-child.ts.
    detached: inBackground,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Sends the task and watches over it; `done` is called once, with whether the child may serve another. */
function runInChild(child: ChildProcess, task: Task, done: (reusable: boolean) => void) {
  const { timeoutMs, maxMemoryMb, signal } = task.limits;
  let memoryMb = 0;
  let finished = false;

  const finish = (reply: OffloadReply | Error) => {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    clearInterval(poll);
    signal?.removeEventListener('abort', onAbort);
    child.off('message', onReply).off('exit', onExit).off('error', onError);
    task.settle(reply);
    // A child keeps what it once allocated: one that is rather full would trip over the next large file.
    done(!(reply instanceof Error) && memoryMb < maxMemoryMb * REUSABLE_SHARE);
  };
  const onReply = (reply: unknown) => {
    if (isReply(reply)) finish(reply);
  };
  const onError = (error: Error) =>
    finish(new OffloadError('crashed', 'The process could not be used', { cause: error }));
  const onExit = (code: number | null, killedBy: string | null) =>
    finish(new OffloadError('crashed', `The process ended with ${killedBy ?? code}`));
  const onAbort = () => finish(new OffloadError('crashed', 'The work was aborted'));

  const timer = setTimeout(() => finish(new OffloadError('timeout', `More than ${timeoutMs} ms`)), timeoutMs);
  const poll = setInterval(async () => {
    memoryMb = await residentMb(child);
    if (memoryMb > maxMemoryMb) finish(new OffloadError('memory', `More than ${maxMemoryMb} MB`));
  }, POLL_MS);

  child.on('message', onReply).on('exit', onExit).on('error', onError);
  signal?.addEventListener('abort', onAbort, { once: true });
  holdParent(child, true);
  child.send({ input: task.input });
}

/** A busy child keeps the parent waiting for its answer, an idle one does not keep it alive. */
function holdParent(child: ChildProcess, hold: boolean) {
  const change = hold ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
}

/** 0 when the process is already gone. */
async function residentMb({ pid }: ChildProcess): Promise<number> {
  if (process.platform === 'linux') {
    const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
    return (Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES) / MEGABYTE;
  }
  const ps = await execFileAsync('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return Number(ps.stdout.trim()) / 1024;
}

function isReply(message: unknown): message is OffloadReply {
  return typeof message === 'object' && message !== null && 'ok' in message;
}

/** What a module returns is between it and its caller; here it only passes through. */
function isOutput<O>(reply: OffloadReply | Error): reply is { ok: true; output: O } {
  return !(reply instanceof Error) && reply.ok;
}

function toError(reply: OffloadReply | Error): Error {
  if (reply instanceof Error) return reply;
  if (reply.ok) return new OffloadError('crashed', 'The process answered out of turn');
  if (reply.code === null) return new OffloadError('crashed', reply.message);
  return new AppError(reply.code, reply.message, { fields: reply.fields });
}
