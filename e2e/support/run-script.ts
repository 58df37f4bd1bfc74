import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Script {
  child: ChildProcess;
  /** What it has said so far, to whichever stream. */
  said(): string;
  /** Its exit code, as soon as all is said. */
  ended: Promise<number | null>;
}

/** A script of this project as npm would run it. */
export const runScript = (script: string, args: string[], env: Record<string, string>): Script =>
  runCommand(process.execPath, ['--import', 'tsx', script, ...args], env);

export function runCommand(command: string, args: string[], env: Record<string, string | undefined>): Script {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += String(part);
    });
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code) };
}
