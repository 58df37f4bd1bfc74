import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { signalGroup } from './process-group';

export interface ChildPlan {
  /** As the reader of the terminal knows it. */
  name: string;
  /** For Node: flags, script, arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where its output goes; the terminal when undefined. */
  logFile: string | undefined;
  isReady(): Promise<boolean>;
  say(line: string): void;
}

export interface KeptChild {
  /** Resolves when it answers; rejects when it ends before that. */
  ready(): Promise<void>;
  stop(patienceMs: number): Promise<void>;
}

const START_PATIENCE_MS = 60_000;
const STEADY_MS = 30_000;
const MAX_DELAY_MS = 10_000;
const MAX_LOG_BYTES = 10_000_000;
/** To be preloaded by whoever is to end with us; see there. */
export const END_WITH_PARENT = fileURLToPath(new URL('./end-with-parent.mjs', import.meta.url));

/** Runs a Node process in a group of its own, and starts it again, with growing pauses, whenever it ends by itself. */
export function keepRunning(plan: ChildPlan): KeptChild {
  let child = launch(plan);
  let startedAt = Date.now();
  let failures = 0;
  let stopping = false;
  let wasReady = false;

  const watch = () => {
    child.once('exit', async (code, signal) => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      if (stopping || !wasReady) return;
      failures = Date.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      plan.say(`${plan.name} ended (${signal ?? `code ${code}`}) and is started again`);
      await sleep(Math.min(250 * 2 ** failures, MAX_DELAY_MS));
      if (stopping) return;
      child = launch(plan);
      startedAt = Date.now();
      watch();
    });
  };
  watch();

  const ready = async () => {
    const deadline = Date.now() + START_PATIENCE_MS;
    while (!(await plan.isReady())) {
      const ended = child.exitCode !== null || child.signalCode !== null;
      if (ended || Date.now() > deadline) throw new Error(`${plan.name} did not start${tailOf(plan.logFile)}`);
      await sleep(50);
    }
    wasReady = true;
  };

  const stop = async (patienceMs: number) => {
    stopping = true;
    const { pid } = child;
    if (pid === undefined) return;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(patienceMs)]);
      if (signalGroup(pid, 'SIGKILL')) await Promise.race([ended, sleep(500)]);
    }
  };
  return { ready, stop };
}

function launch({ args, env, logFile }: ChildPlan): ChildProcess {
  const output = logFile === undefined ? 'inherit' : openLog(logFile);
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
    env: { ...env, ENDS_WITH_PARENT: '1' },
    // A group of its own: Ctrl-C in the terminal must not end it before its turn.
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  if (typeof output === 'number') closeSync(output);
  return child;
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.old`);
  return openSync(path, 'a', 0o600);
}

function tailOf(logFile: string | undefined): string {
  if (logFile === undefined) return '';
  return `; the end of ${logFile}:\n${readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n')}`;
}
