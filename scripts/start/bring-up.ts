/// <reference lib="esnext.disposable" />
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { migrateDatabase } from '@/db/migrate';
import type { Env } from '@/lib/env';
import { buildApp, isBuilt } from './build-app';
import { findFreePort } from './free-port';
import { keepPostgres } from './keep-postgres';
import { type KeptChild, keepRunning } from './keep-running';
import { type LockFile, takeLock } from './lock-file';
import { readOrCreateSecrets } from './secrets';
import { syncFunctions } from './sync-functions';

export interface BringUp {
  env: Env;
  dev: boolean;
  say(line: string): void;
  /** Gets everything that must be undone, in the order in which it was done. */
  undo: AsyncDisposableStack;
}

/** What the web process may use; the rest of the 400 MB it is allowed is buffers and code. */
const WEB_HEAP_MB = 256;
const NEXT = 'node_modules/next/dist/bin/next';

/** Everything from an empty machine to an app that answers. Returns its address. */
export async function bringUp({ env, dev, say, undo }: BringUp): Promise<string> {
  const dataDir = resolve(env.DATA_DIR);
  // Passable, because as root the database runs as another user; the files in it are closed one by one.
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o711 });
  const lock = await lockDataDir(dataDir);
  undo.defer(lock.release);

  const built = dev ? Promise.resolve() : ensureBuilt(say, undo);
  const [databaseUrl] = await Promise.all([bringUpDatabase({ env, say, undo }, dataDir), built]);

  const port = await stepOver(env.PORT, env.HOST, say);
  const url = `http://${urlHost(env.HOST)}:${port}`;
  const secrets = readOrCreateSecrets(dataDir);
  const childEnv: NodeJS.ProcessEnv = {
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    HOST: env.HOST,
    PORT: String(port),
  };
  const logFile = (name: string) => (dev ? undefined : join(dataDir, 'logs', `${name}.log`));

  const engineIsOurs = env.INNGEST_DEV === undefined && env.INNGEST_BASE_URL === undefined;
  if (engineIsOurs) {
    const enginePort = await findFreePort(0, '127.0.0.1');
    childEnv.INNGEST_BASE_URL = `http://127.0.0.1:${enginePort}`;
    childEnv.INNGEST_SIGNING_KEY = secrets.INNGEST_SIGNING_KEY;
    childEnv.INNGEST_EVENT_KEY = secrets.INNGEST_EVENT_KEY;
    const engine = keepRunning({
      name: 'The engine',
      args: ['--import', 'tsx', 'scripts/engine.ts', '--port', String(enginePort)],
      env: childEnv,
      logFile: logFile('engine'),
      isReady: () => answers(`http://127.0.0.1:${enginePort}/`),
      say,
    });
    undo.defer(() => engine.stop(800));
    await engine.ready();
  }

  const web = startWeb({ dev, host: env.HOST, port, env: childEnv, logFile: logFile('web'), say });
  undo.defer(() => web.stop(1_000));
  await web.ready();
  Object.assign(process.env, childEnv);
  await syncFunctions(url);
  lock.publish(url);
  return url;
}

async function lockDataDir(dataDir: string): Promise<LockFile> {
  const lock = await takeLock(join(dataDir, 'supervisor.lock'));
  if (!('holder' in lock)) return lock;
  const { pid, url } = lock.holder;
  throw new Error(
    `Already running on ${dataDir}: ${url ?? 'starting'} (process ${pid}). Set DATA_DIR for another one.`,
  );
}

async function ensureBuilt(say: (line: string) => void, undo: AsyncDisposableStack): Promise<void> {
  if (isBuilt()) return;
  say('Building the app, about a minute …');
  const startedAt = Date.now();
  const build = buildApp();
  undo.defer(build.cancel);
  await build.done;
  say(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

async function bringUpDatabase({ env, say, undo }: Omit<BringUp, 'dev'>, dataDir: string): Promise<string> {
  if (env.DATABASE_URL !== undefined) {
    await migrateDatabase(env.DATABASE_URL);
    return env.DATABASE_URL;
  }
  const starting = keepPostgres(dataDir, say);
  undo.defer(async () => (await starting).stop());
  const { url } = await starting;
  await migrateDatabase(url);
  return url;
}

async function stepOver(wanted: number, host: string, say: (line: string) => void): Promise<number> {
  const port = await findFreePort(wanted, host);
  if (wanted !== 0 && port !== wanted) say(`Port ${wanted} is taken; using ${port}`);
  return port;
}

interface WebPlan {
  dev: boolean;
  host: string;
  port: number;
  env: NodeJS.ProcessEnv;
  logFile: string | undefined;
  say(line: string): void;
}

function startWeb({ dev, host, port, env, logFile, say }: WebPlan): KeptChild {
  const limits = dev ? [] : [`--max-old-space-size=${WEB_HEAP_MB}`];
  const address = ['--hostname', host, '--port', String(port)];
  return keepRunning({
    name: 'The web app',
    args: [...limits, NEXT, dev ? 'dev' : 'start', ...address],
    env,
    logFile,
    isReady: () => answers(`http://${urlHost(host)}:${port}/api/health/ready`, 200),
    say,
  });
}

/** Where this machine reaches a server that listens on `host`. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function answers(url: string, status?: number): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response !== undefined && (status === undefined || response.status === status);
}
