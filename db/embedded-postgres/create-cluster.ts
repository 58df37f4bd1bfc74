import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunAs } from './run-as';

const UNFINISHED = 'postgres.init-';

/**
 * Makes `<dataDir>/postgres` with its cluster and its password. It appears whole or not at all: a kill in the middle
 * leaves a folder that the next call removes.
 */
export async function createCluster(dataDir: string, initdb: string, runner: RunAs, durable: boolean): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(UNFINISHED)) await rm(join(dataDir, name), { recursive: true });
  }
  const home = await mkdtemp(join(dataDir, UNFINISHED));
  const cluster = join(home, 'cluster');
  const password = join(home, 'password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
  if (runner.owner) {
    for (const path of [home, cluster, password]) await chown(path, runner.owner.uid, runner.owner.gid);
  }
  const { file, args, options } = runner.command(initdb, [
    `--pgdata=${cluster}`,
    `--pwfile=${password}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]);
  await promisify(execFile)(file, args, { ...options, cwd: '/' });
  await rename(home, join(dataDir, 'postgres'));
}
