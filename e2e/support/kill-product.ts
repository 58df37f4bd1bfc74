import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';
import { findFreePort } from '@/scripts/start/free-port';

export type Target = 'web' | 'engine' | 'web and engine' | 'postgres' | 'all';

/** Before a request of the engine is worked on; when its answer is ready; when it was sent. */
export const EDGES = ['asked', 'done', 'answered'] as const;
export type Edge = (typeof EDGES)[number];

export type ToHarness = { ready: boolean } | { edge: Edge; number: number };

/** The request waits until `goOn` is called. */
type OnEdge = (edge: Edge, goOn: () => void) => void;

const HOST = '127.0.0.1';

const PRELOADS = ['--import', join(process.cwd(), 'scripts/start/end-with-parent.mjs'), '--import', 'tsx'];

/** In a group of its own, which ends with the harness. */
const forkProcess = (file: string, args: string[], env: NodeJS.ProcessEnv, stdio: ForkOptions['stdio']) =>
  fork(file, args, { env: { ...env, ENDS_WITH_PARENT: '1' }, execArgv: PRELOADS, detached: true, stdio });

async function startEngine(port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const args = ['--dev', '--port', String(port), '--lease', '2', '--retry-interval', '0.2'];
  // What the engine says about those that are killed is no news here.
  const child = forkProcess('scripts/engine.ts', args, env, ['ignore', 'pipe', 'ignore', 'ipc']);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

export async function startWeb(env: NodeJS.ProcessEnv, onEdge: OnEdge): Promise<ChildProcess> {
  const child = forkProcess('e2e/support/kill-web.ts', [], env, ['ignore', 'inherit', 'inherit', 'ipc']);
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the web process ended with ${code}`)));
    child.on('message', (message: ToHarness) => {
      if ('ready' in message) resolve();
      else onEdge(message.edge, () => child.connected && child.send({ goOn: message.number }));
    });
  });
  return child;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export const killsWeb = (target: Target): boolean => ['web', 'web and engine', 'all'].includes(target);

const kinds = (target: Target) => ({
  web: killsWeb(target),
  engine: target === 'engine' || target === 'web and engine' || target === 'all',
  postgres: target === 'postgres' || target === 'all',
});

/** PostgreSQL, engine and web as processes of their own, each of which can be killed and is then started again. */
export async function startKillProduct(geminiUrl: string, variables: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'novel-kill-'));
  // As root, the database runs as a user who must be able to pass.
  await chmod(dataDir, 0o711);
  const [webPort, enginePort] = [await findFreePort(0, HOST), await findFreePort(0, HOST)];
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
  const { url: databaseUrl, port: databasePort } = postgres;
  await migrateDatabase(databaseUrl);
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: 'a secret for kills, 32 or longer',
    INNGEST_DEV: `http://${HOST}:${enginePort}`,
    GEMINI_API_KEY: 'key',
    GEMINI_BASE_URL: geminiUrl,
    PORT: String(webPort),
    LOG_LEVEL: 'silent',
    ...variables,
  };
  let listener: OnEdge = (_, goOn) => goOn();
  const onEdge: OnEdge = (edge, goOn) => listener(edge, goOn);

  let engine = await startEngine(enginePort, env);
  let webStartedAt = Date.now();
  let web = await startWeb(env, onEdge);

  return {
    databaseUrl,
    dataDir,
    /** When the present one was begun, and the one before it was dead. */
    webStartedAt: () => webStartedAt,
    listen: (next: OnEdge) => {
      listener = next;
    },
    startJob: (file: string, userId: string) => web.send({ start: { file, userId } }),
    /** kill -9, all at the same instant. */
    kill(target: Target): void {
      const dying = kinds(target);
      if (dying.postgres) process.kill(postgres.pid, 'SIGKILL');
      if (dying.web) web.kill('SIGKILL');
      if (dying.engine) engine.kill('SIGKILL');
    },
    /** What a supervisor does: starts what is gone. */
    async revive(target: Target): Promise<void> {
      const dead = kinds(target);
      if (dead.postgres) {
        await postgres.exited;
        postgres = await startEmbeddedPostgres({ dataDir, port: databasePort });
      }
      if (dead.engine) {
        await end(engine);
        engine = await startEngine(enginePort, env);
      }
      if (dead.web) {
        await end(web);
        webStartedAt = Date.now();
        web = await startWeb(env, onEdge);
      }
    },
    async close(): Promise<void> {
      await Promise.all([end(web), end(engine)]);
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type KillProduct = Awaited<ReturnType<typeof startKillProduct>>;
