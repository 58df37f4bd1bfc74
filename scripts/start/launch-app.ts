import { type ChildProcess, spawn } from 'node:child_process';

export interface LaunchedApp {
  supervisor: ChildProcess;
  url: string;
  /** Signs the owner in, once. */
  signInUrl: string;
}

/** A first start builds the app. */
const PATIENCE_MS = 180_000;

/** Starts the supervisor as a child and waits until it says where the app is. */
export function launchApp(env: NodeJS.ProcessEnv): Promise<LaunchedApp> {
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
    const timer = setTimeout(() => giveUp('took too long to start'), PATIENCE_MS);
    supervisor.once('exit', onExit);
    for (const stream of [supervisor.stdout, supervisor.stderr]) stream.on('data', onData);
  });
}
