/// <reference lib="esnext.disposable" />
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { joinEmbeddedPostgres } from '@/db/embedded';
import type { Log } from '@/inngest/embedded/engine-options';
import { isSigningKey } from '@/inngest/embedded/signature';
import { startEngine } from '@/inngest/embedded/start-engine';
import { parseEnv } from '@/lib/env';
import { keepPostgres } from './start/keep-postgres';
import { takeLock } from './start/lock-file';
import { onParentGone } from './start/on-parent-gone';

const USAGE = 'npm run engine -- [--port 8288] [--dev] [--retry-interval <s>] [--lease <s>]';

const undo = new AsyncDisposableStack();
let ending: Promise<void> | undefined;

const say = (line: string) => process.stdout.write(`${line}\n`);
const log: Log = (level, message, fields) => {
  if (level !== 'info') process.stderr.write(`${level}: ${message} ${JSON.stringify(fields ?? {})}\n`);
};

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8288' },
      dev: { type: 'boolean', default: false },
      'retry-interval': { type: 'string' },
      lease: { type: 'string' },
    },
  });
  const milliseconds = (name: 'retry-interval' | 'lease') => {
    if (values[name] === undefined) return undefined;
    const seconds = Number(values[name]);
    if (!(seconds > 0)) throw new Error(`--${name} takes a number of seconds. ${USAGE}`);
    return seconds * 1000;
  };
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes a port number. ${USAGE}`);
  return { port, dev: values.dev, retryIntervalMs: milliseconds('retry-interval'), leaseMs: milliseconds('lease') };
}

function readKeys(dev: boolean) {
  const { INNGEST_SIGNING_KEY: signingKey = '', INNGEST_EVENT_KEY: eventKey = '' } = process.env;
  if (!dev && !isSigningKey(signingKey)) throw new Error(`INNGEST_SIGNING_KEY must be a hexadecimal key. ${USAGE}`);
  if (!dev && eventKey === '') throw new Error(`INNGEST_EVENT_KEY must be set. ${USAGE}`);
  return { signingKey, eventKey };
}

/** The database named by the environment, else the embedded one: of a running instance, or started here. */
async function findDatabase(): Promise<string> {
  const { DATABASE_URL, DATA_DIR } = parseEnv(process.env);
  if (DATABASE_URL !== undefined) return DATABASE_URL;
  const running = await joinEmbeddedPostgres(DATA_DIR);
  if (running !== undefined) return running;
  const dataDir = resolve(DATA_DIR);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const lock = await takeLock(join(dataDir, 'supervisor.lock'));
  if ('holder' in lock) throw new Error(`${dataDir} is being started by process ${lock.holder.pid}; try again.`);
  undo.defer(lock.release);
  const starting = keepPostgres(dataDir, say);
  undo.defer(async () => (await starting).stop());
  return (await starting).url;
}

/** The engine, then its database; then nothing of ours is left. */
function end(exitCode: number): Promise<void> {
  ending ??= undo.disposeAsync().then(() => process.exit(exitCode));
  return ending;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const keys = readKeys(options.dev);
  const databaseUrl = await findDatabase();
  const engine = await startEngine({ ...options, ...keys, databaseUrl, log });
  undo.defer(engine.close);
  say(`The Inngest engine is ready at ${engine.url}${options.dev ? ', without signatures' : ''}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
onParentGone(() => void end(0));
main().catch(async (error: unknown) => {
  // What was under way when the end began fails; that is no news.
  if (ending) return;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
});
