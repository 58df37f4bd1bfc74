import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, openBinaries } from './embedded-postgres/binaries';
import { createCluster } from './embedded-postgres/create-cluster';
import { findPostmaster, stopPostmaster } from './embedded-postgres/postmaster';
import { isOpen, type RunAs, runAs } from './embedded-postgres/run-as';

export interface EmbeddedPostgres {
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface EmbeddedPostgresOptions {
  dataDir: string;
  log?: (line: string) => void;
  /** False for tests: a crash of the machine may then cost data. */
  durable?: boolean;
  /** A free one when absent. */
  port?: number;
}

/** Recovery after a crash takes its time … */
const START_PATIENCE_MS = 120_000;
/** … but a server that ends at once, again and again, will not start. */
const RETRY_MS = 5_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A machine that also runs the app and the browser.
  shared_buffers: '128MB',
  max_connections: '60',
  max_wal_size: '512MB',
  io_method: 'sync',
  jit: 'off',
  // Parallel workers need /dev/shm, of which a container has 64 MB.
  max_parallel_workers_per_gather: '0',
  // Details of an error quote rows, and rows are somebody's novel.
  log_error_verbosity: 'terse',
  // Nobody replicates this one.
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts the PostgreSQL of `dataDir`, creating it first if need be. A server left over by a killed supervisor is
 * stopped first. It runs in its own process group: Ctrl-C in the terminal does not reach it, only `stop` does.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const { home, cluster } = pathsOf(dataDir);
  const durable = options.durable ?? true;
  const { initdb, postgres } = isOpen(findBinaries().postgres) ? findBinaries() : openBinaries();
  const runner = runAs([dataDir, postgres]);

  if (!existsSync(home)) {
    options.log?.('Creating the database');
    await createCluster(dataDir, initdb, runner, durable);
  }
  const leftOver = await findPostmaster(cluster);
  if (leftOver) {
    options.log?.(`Stopping a PostgreSQL that was left running (process ${leftOver.pid})`);
    await stopPostmaster(leftOver.pid, cluster);
  }
  const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE) };
  return await launch({ postgres, runner, dataDir, settings, wantedPort: options.port });
}

/** The address of the PostgreSQL that is already running on `dataDir`. */
export async function joinEmbeddedPostgres(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  const dataDir = await realpath(folder);
  const server = await findPostmaster(pathsOf(dataDir).cluster);
  return server?.ready ? await urlOf(dataDir, server.port) : undefined;
}

interface Launch {
  postgres: string;
  runner: RunAs;
  dataDir: string;
  settings: Record<string, string>;
  wantedPort: number | undefined;
}

async function launch(plan: Launch): Promise<EmbeddedPostgres> {
  const lastAttempt = Date.now() + RETRY_MS;
  for (;;) {
    const server = await launchOnce(plan);
    if (server) return server;
    if (Date.now() > lastAttempt) {
      throw new Error(`PostgreSQL did not start:\n${(await readFile(pathsOf(plan.dataDir).log, 'utf8')).trim()}`);
    }
    // The port was taken meanwhile, or workers of a killed server still hold its memory. Both pass.
    await sleep(250);
  }
}

/** Undefined when the server ended before it was ready. */
async function launchOnce({ postgres, runner, dataDir, settings, wantedPort }: Launch) {
  const { cluster, log } = pathsOf(dataDir);
  // Nothing of ours runs on this cluster; PostgreSQL itself would be misled by a pid that another program has now.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  const port = wantedPort ?? (await findFreePort());
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, options } = runner.command(postgres, ['-D', cluster, '-p', String(port), ...flags]);
  const output = openSync(log, 'w', 0o600);
  const child = spawn(file, args, { ...options, cwd: '/', detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let ended = false;
  const exited = new Promise<void>((done) => {
    child.once('error', () => done());
    child.once('exit', () => done());
  }).then(() => {
    ended = true;
  });

  const deadline = Date.now() + START_PATIENCE_MS;
  while (!ended) {
    const server = await findPostmaster(cluster);
    if (server?.ready && server.pid === child.pid) {
      const stop = async () => {
        await stopPostmaster(server.pid, cluster);
        await exited;
      };
      return { url: await urlOf(dataDir, port), port, pid: server.pid, exited, stop };
    }
    if (child.pid !== undefined && Date.now() > deadline) await stopPostmaster(child.pid, cluster);
    await sleep(20);
  }
  return undefined;
}

function pathsOf(dataDir: string): { home: string; cluster: string; password: string; log: string } {
  const home = join(dataDir, 'postgres');
  return { home, cluster: join(home, 'cluster'), password: join(home, 'password'), log: join(home, 'server.log') };
}

async function urlOf(dataDir: string, port: number): Promise<string> {
  const password = await readFile(pathsOf(dataDir).password, 'utf8');
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}
