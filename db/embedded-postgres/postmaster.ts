import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that `postmaster.pid` of this cluster names, if that process lives and is a PostgreSQL on this cluster. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  // Lines, as PostgreSQL's pidfile.h defines them: pid, folder, start, port, socket folder, address, memory key, status.
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!(pid > 1) || !isServerOf(pid, cluster)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7] === 'ready' };
}

/** Fast shutdown, then an immediate one (recovery at the next start), then SIGKILL. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 3_000],
    ['SIGQUIT', 1_000],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!isServerOf(pid, cluster)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patienceMs;
    while (isServerOf(pid, cluster) && Date.now() < deadline) await sleep(20);
  }
}

/** By its command line: a pid alone may meanwhile belong to another program. A zombie has none. */
function isServerOf(pid: number, cluster: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(`postgres -D ${cluster} `);
  } catch {
    return false;
  }
}
