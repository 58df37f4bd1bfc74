import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '@/scripts/start/launch-app';

export interface App {
  /** Stays the same over a restart. */
  readonly url: string;
  readonly dataDir: string;
  /** Signs the owner in, once; a restart brings another. */
  readonly signInUrl: string;
  /** As Ctrl-C does. The data stay until `remove`. */
  stop(): Promise<void>;
  /** kill -9 of the supervisor, the web app, the engine and the database, all at once. */
  kill9(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** A story is told in less than an hour. */
const MANY_NOVELS = '100000';

/** Starts the built product on an empty folder of its own, the way `npm start` does. */
export async function startApp(options: { env?: Record<string, string> } = {}): Promise<App> {
  const dataDir = mkdtempSync(join(tmpdir(), 'novel-story-'));
  // As root, the database runs as a user who must be able to pass.
  chmodSync(dataDir, 0o711);
  const start = (port: string) =>
    launchApp({ ...process.env, PROCESS_LIMIT_PER_HOUR: MANY_NOVELS, PORT: port, DATA_DIR: dataDir, ...options.env });
  let started = await start('0');

  const end = async (send: () => void) => {
    if (started.supervisor.exitCode !== null || started.supervisor.signalCode !== null) return;
    const ended = once(started.supervisor, 'exit');
    send();
    await ended;
  };
  const stop = () => end(() => started.supervisor.kill('SIGINT'));
  return {
    get url() {
      return started.url;
    },
    get signInUrl() {
      return started.signInUrl;
    },
    dataDir,
    stop,
    kill9: () => end(() => killTree(started.supervisor.pid)),
    restart: async () => {
      await stop();
      started = await start(new URL(started.url).port);
    },
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Children first, so that nobody is left to start another one. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  process.kill(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) killTree(child);
  process.kill(pid, 'SIGKILL');
}

/** That process and all below it. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

function childrenOf(parent: number): number[] {
  const isChild = (pid: string) => {
    try {
      // The second field after the parenthesised name is the parent, see proc_pid_stat(5).
      return (
        Number(
          readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ')[1],
        ) === parent
      );
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isChild(name))
    .map(Number);
}
