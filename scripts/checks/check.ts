import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Check {
  name: string;
  /** For Node: script and arguments. */
  args: string[];
  env?: Record<string, string>;
  /** Reads how many tests passed and failed; without it the check counts as one. */
  count?(): Promise<Counts>;
}

export interface Counts {
  passed: number;
  failed: number;
}

type Write = (text: string) => unknown;

const toTerminal: Write = (text) => process.stdout.write(text);

/** Runs a check and prints one line, and below it what a failed one has to say. */
export async function runCheck({ name, args, env, count }: Check, write = toTerminal): Promise<Counts> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      output += String(part);
    });
  }
  const [code] = await once(child, 'close');
  const ok = code === 0;
  const counts = await countsOf(ok, count);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const tests = count ? `  ${counts.passed} passed${counts.failed > 0 ? `, ${counts.failed} failed` : ''}` : '';
  write(`${counts.failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(20)} ${seconds.padStart(5)} s${tests}\n`);
  if (counts.failed > 0) write(`${output.trim().replaceAll(/^/gm, '      ')}\n`);
  return counts;
}

async function countsOf(ok: boolean, count: Check['count']): Promise<Counts> {
  if (!count) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  // Without a report the run broke before its first test.
  const counts = await count().catch(() => ({ passed: 0, failed: 1 }));
  return ok ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

export function addUp(all: Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** The last line of `npm test`, and its exit code. */
export function sumUp(all: Counts[]): { line: string; exitCode: number } {
  const { passed, failed } = addUp(all);
  return { line: `${passed} passed, ${failed} failed`, exitCode: failed === 0 ? 0 : 1 };
}
