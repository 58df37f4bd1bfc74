/// <reference lib="esnext.disposable" />
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { migrateDatabase } from '@/db/migrate';
import { type Env, isLoopback } from '@/lib/env';
import { buildApp, isBuilt } from './build-app';
import { findFreePort } from './free-port';
import { keepPostgres } from './keep-postgres';
import { type KeptChild, keepRunning } from './keep-running';
import { type LockFile, takeLock } from './lock-file';
import { readOrCreateSecrets, type Secrets } from './secrets';
import { syncFunctions } from './sync-functions';
import { answers, urlHost } from './urls';

export interface BringUp {
  env: Env;
  /** `next dev`, and all output in the terminal. */
  dev: boolean;
  say(line: string): void;
  /** Gets everything that must be undone, in the order in which it was done. */
  undo: AsyncDisposableStack;
}

/**
 * What the web process may use of the 400 MB it is allowed; the rest is buffers and code. The nursery has its full size from
 * the start, since growing into it looked like a leak; it is not given back while nobody asks, for touching 100 MB anew took
 * the next novel 0.4 s on a virtual machine; and it is collected by the main thread alone, which waited up to 100 ms for its
 * helpers on cores that were taken. The rest is collected when it has grown by 40 %, less often than by itself, and not
 * before it is as large as it becomes: each time costs a core 0.3 s. What runs often is compiled after far fewer calls than V8
 * waits for, before a third novel and not on the way to the tenth, and one function at a time, for compiling takes memory too.
 */
const WEB_V8 = [
  '--max-old-space-size=256',
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--no-parallel-scavenge',
  '--no-memory-reducer',
  '--heap-growing-percent=40',
  '--initial-old-space-size=140',
  '--invocation-count-for-maglev=80',
  '--invocation-count-for-turbofan=120',
  '--concurrent-turbofan-max-threads=1',
];
/** Nor does glibc give back what was freed: all threads use it again, even for buffers of some size. So do the children. */
const ONE_ARENA = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: String(256 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(4 * 1024 * 1024),
};
const NEXT = 'node_modules/next/dist/bin/next';

/**
 * Everything from an empty machine to an app that answers. `withDatabase` is done while engine and app start; returns the
 * app's address and what came of that.
 */
export async function bringUp<T>(
  plan: BringUp,
  withDatabase: (appEnv: NodeJS.ProcessEnv) => Promise<T>,
): Promise<{ url: string; done: T }> {
  const { env, dev, undo } = plan;
  const dataDir = resolve(env.DATA_DIR);
  // Passable, because as root the database runs as another user; the files in it are closed one by one.
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o711 });
  const lock = await lockDataDir(dataDir);
  undo.defer(lock.release);

  const [databaseUrl] = await Promise.all([bringUpDatabase(plan, dataDir), dev ? undefined : bringUpBuild(plan)]);
  const secrets = readOrCreateSecrets(dataDir);
  const port = await stepOver(plan);
  const url = `http://${urlHost(env.HOST)}:${port}`;
  const appEnv: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    HOST: env.HOST,
    PORT: String(port),
    NEXTAUTH_URL: env.NEXTAUTH_URL ?? (isLoopback(env.HOST) ? url : `http://localhost:${port}`),
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET ?? secrets.NEXTAUTH_SECRET,
  };
  const ownEngine = env.INNGEST_BASE_URL === undefined && [undefined, '0', 'false'].includes(env.INNGEST_DEV);
  const engine = ownEngine ? await startEngine(plan, appEnv, secrets) : undefined;
  // Whoever asks for the app to be registered must not say where it is.
  const engineHost = URL.parse(env.INNGEST_BASE_URL ?? env.INNGEST_DEV ?? '')?.hostname;
  const isNear = engineHost === undefined || isLoopback(engineHost);
  const serveOrigin = ownEngine ? url : (env.INNGEST_SERVE_ORIGIN ?? (isNear ? url : appEnv.NEXTAUTH_URL));
  Object.assign(appEnv, engine?.appEnv, { INNGEST_SERVE_ORIGIN: serveOrigin });
  const web = startWeb(plan, appEnv, url, engine?.stop);
  const [done] = await Promise.all([withDatabase(appEnv), engine?.ready(), web.ready()]);

  const problem = await syncFunctions(url);
  if (problem !== undefined && ownEngine) throw new Error(problem);
  if (problem !== undefined) plan.say(`${problem}. Novels wait until it does.`);
  lock.publish(url);
  return { url, done };
}

async function lockDataDir(dataDir: string): Promise<LockFile> {
  const lock = await takeLock(join(dataDir, 'supervisor.lock'));
  if (!('holder' in lock)) return lock;
  const { pid, url = 'still starting' } = lock.holder;
  throw new Error(`Already running on ${dataDir}: ${url} (process ${pid}). Set DATA_DIR for another one.`);
}

async function bringUpBuild({ say, undo }: BringUp): Promise<void> {
  if (isBuilt()) return;
  say('Building the app, about a minute …');
  const startedAt = Date.now();
  const build = buildApp();
  undo.defer(build.cancel);
  await build.done;
  say(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

async function bringUpDatabase({ env, say, undo }: BringUp, dataDir: string): Promise<string> {
  let url = env.DATABASE_URL;
  if (url === undefined) {
    const starting = keepPostgres(dataDir, say);
    undo.defer(async () => (await starting).stop());
    ({ url } = await starting);
  }
  await migrateDatabase(url);
  return url;
}

async function stepOver({ env, say }: BringUp): Promise<number> {
  const port = await findFreePort(env.PORT, env.HOST);
  if (env.PORT !== 0 && port !== env.PORT) say(`Port ${env.PORT} is taken; using ${port}`);
  return port;
}

/** Returns what tells the app where its engine is, whether or not it is ready. */
async function startEngine({ dev, say, undo }: BringUp, appEnv: NodeJS.ProcessEnv, secrets: Secrets) {
  const port = await findFreePort(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const { INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY } = secrets;
  const engine = keepRunning({
    name: 'The engine',
    args: ['--import', 'tsx', 'scripts/engine.ts', '--port', String(port)],
    env: { ...appEnv, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY },
    logFile: dev ? undefined : join(String(appEnv.DATA_DIR), 'logs', 'engine.log'),
    isReady: () => answers(url),
    say,
  });
  const stop = () => engine.stop(800);
  undo.defer(stop);
  return { appEnv: { INNGEST_BASE_URL: url, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY }, ready: engine.ready, stop };
}

function startWeb(
  { env, dev, say, undo }: BringUp,
  appEnv: NodeJS.ProcessEnv,
  url: string,
  stopEngine: (() => Promise<void>) | undefined,
): KeptChild {
  const address = ['--hostname', env.HOST, '--port', String(appEnv.PORT)];
  const web = keepRunning({
    name: 'The web app',
    args: dev ? [NEXT, 'dev', ...address] : [...WEB_V8, NEXT, 'start', ...address],
    env: { ...ONE_ARENA, ...appEnv },
    logFile: dev ? undefined : join(String(appEnv.DATA_DIR), 'logs', 'web.log'),
    isReady: () => answers(`${url}/api/health/ready`, 200),
    say,
  });
  undo.defer(async () => {
    // The engine first: an app that goes away in the middle of a step costs that step an attempt.
    await stopEngine?.();
    await web.stop(1_000);
  });
  return web;
}
