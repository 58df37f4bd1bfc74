import { type ChildProcess, spawn } from 'node:child_process';

export interface LaunchedApp {
  supervisor: ChildProcess;
  url: string;
  /** Signs the owner in, once. */
  signInUrl: string;
}

const PATIENCE_MS = 180_000;

/** Starts the supervisor as a child and waits until it says where the app is. */
export function launchApp(env: NodeJS.ProcessEnv): Promise<LaunchedApp> {
  const supervisor = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let output = '';
    const giveUp = (why: string) => {
      clearTimeout(timer);
      supervisor.kill('SIGTERM');
      fail(new Error(`The app ${why}:\n${output}`));
    };
    const timer = setTimeout(() => giveUp('took too long to start'), PATIENCE_MS);
    supervisor.once('exit', () => giveUp('did not start'));
    for (const stream of [supervisor.stdout, supervisor.stderr]) {
      stream.on('data', (part) => {
        output += String(part);
        const url = /^ {2}Open +(\S+)$/m.exec(output)?.[1];
        const signInUrl = /^ {2}Sign in +(\S+) /m.exec(output)?.[1];
        if (url === undefined || signInUrl === undefined) return;
        clearTimeout(timer);
        supervisor.removeAllListeners('exit');
        done({ supervisor, url, signInUrl });
      });
    }
  });
}
