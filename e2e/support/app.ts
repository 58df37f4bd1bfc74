import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

interface Started {
  supervisor: ChildProcess;
  url: string;
  signInUrl: string;
}

const START_PATIENCE_MS = 60_000;

/** Starts the built product on an empty folder of its own, the way `npm start` does. */
export async function startApp(options: { env?: Record<string, string> } = {}): Promise<App> {
  const dataDir = mkdtempSync(join(tmpdir(), 'novel-story-'));
  // As root, the database runs as a user who must be able to pass.
  chmodSync(dataDir, 0o711);
  const start = (port: string) => launch({ ...process.env, PORT: port, DATA_DIR: dataDir, ...options.env });
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

function launch(env: NodeJS.ProcessEnv): Promise<Started> {
  const supervisor = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let output = '';
    const settle = () => {
      clearTimeout(timer);
      supervisor.off('exit', onExit);
      for (const stream of [supervisor.stdout, supervisor.stderr]) stream.off('data', onData).resume();
    };
    const giveUp = (why: string) => {
      settle();
      supervisor.kill('SIGTERM');
      fail(new Error(`The app ${why}:\n${output}`));
    };
    const onExit = () => giveUp('did not start');
    const onData = (part: unknown) => {
      output += String(part);
      const url = /^ {2}Open +(\S+)$/m.exec(output)?.[1];
      const signInUrl = /^ {2}Sign in +(\S+) /m.exec(output)?.[1];
      if (url === undefined || signInUrl === undefined) return;
      settle();
      done({ supervisor, url, signInUrl });
    };
    const timer = setTimeout(() => giveUp('took too long to start'), START_PATIENCE_MS);
    supervisor.once('exit', onExit);
    for (const stream of [supervisor.stdout, supervisor.stderr]) stream.on('data', onData);
  });
}

/** Children first, so that nobody is left to start another one. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  process.kill(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) killTree(child);
  process.kill(pid, 'SIGKILL');
}

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
