import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import postgres from 'postgres';
import { findBinaries } from '@/db/embedded-postgres/binaries';
import { type Env, parseEnv } from '@/lib/env';
import { createStore, placeOf } from '@/lib/storage/store';
import { findChromium } from '../find-chromium';
import { isBuilt } from '../start/build-app';
import { findFreePort } from '../start/free-port';
import { findLockHolder } from '../start/lock-file';

interface Finding {
  /** note: it runs, but not with everything. */
  verdict: 'ok' | 'note' | 'bad';
  detail: string;
}

interface Part {
  name: string;
  look(): Finding | Promise<Finding>;
}

const MIN_POSTGRES = 15;
const MIN_FREE_DISK_MB = 500;
const MIN_MEMORY_MB = 1_000;

const ok = (detail: string): Finding => ({ verdict: 'ok', detail });
const note = (detail: string): Finding => ({ verdict: 'note', detail });
const bad = (detail: string): Finding => ({ verdict: 'bad', detail });
const environment = (): Env => parseEnv(process.env);

/** What the app stands on, from the machine up. */
export const PARTS: Part[] = [
  { name: 'Node', look: () => ok(process.version) },
  { name: 'configuration', look: lookAtConfiguration },
  { name: 'memory', look: lookAtMemory },
  { name: 'data folder', look: lookAtDataDir },
  { name: 'PostgreSQL', look: lookAtPostgres },
  { name: 'files', look: lookAtFiles },
  { name: 'engine', look: lookAtEngine },
  {
    name: 'Gemini',
    look: () => (environment().GEMINI_API_KEY ? ok('key set') : note('no key: the offline engine rewrites')),
  },
  { name: 'sign-in', look: lookAtSignIn },
  { name: 'port', look: lookAtPort },
  { name: 'build', look: () => (isBuilt() ? ok('up to date') : note('npm start will build first')) },
  { name: 'browser', look: lookAtBrowser },
];

/** What `look` throws is a finding, too. */
export async function examine(part: Part): Promise<Finding> {
  try {
    return await part.look();
  } catch (error) {
    return bad(error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error));
  }
}

function lookAtConfiguration(): Finding {
  environment();
  return ok('every variable is valid');
}

function lookAtMemory(): Finding {
  const [free, total] = [freemem(), totalmem()].map((bytes) => Math.round(bytes / 1e6));
  const detail = `${free} of ${total} MB free`;
  return (free ?? 0) < MIN_MEMORY_MB ? note(`${detail}; ${MIN_MEMORY_MB} MB are wanted`) : ok(detail);
}

function lookAtDataDir(): Finding {
  const folder = resolve(environment().DATA_DIR);
  const existing = existsSync(folder) ? folder : dirname(folder);
  if (!existsSync(existing)) mkdirSync(existing, { recursive: true });
  accessSync(existing, constants.W_OK);
  const { bavail, bsize } = statfsSync(existing);
  const freeMb = Math.round((bavail * bsize) / 1e6);
  if (freeMb < MIN_FREE_DISK_MB) return bad(`${folder}: ${freeMb} MB free, ${MIN_FREE_DISK_MB} are needed`);
  const holder = findLockHolder(join(folder, 'supervisor.lock'));
  return ok(
    `${folder}, ${freeMb} MB free${holder ? `; in use by process ${holder.pid} at ${holder.url ?? 'start'}` : ''}`,
  );
}

async function lookAtPostgres(): Promise<Finding> {
  const url = environment().DATABASE_URL;
  if (url === undefined) {
    accessSync(findBinaries().postgres, constants.X_OK);
    return ok('embedded');
  }
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
    const version = row?.version ?? 'unknown';
    return Number.parseInt(version, 10) >= MIN_POSTGRES
      ? ok(version)
      : bad(`${version}; ${MIN_POSTGRES} is the oldest`);
  } finally {
    await sql.end();
  }
}

/** Stores a file, reads it and removes it. */
async function lookAtFiles(): Promise<Finding> {
  const place = placeOf(environment());
  if (!place.s3) return ok('in the data folder');
  const store = createStore(place);
  await store.checkStorage();
  const { key } = await store.storeFile(Readable.from([Buffer.from('doctor')]), 100);
  await store.withFile(key, async () => undefined);
  await store.removeFile(key);
  return ok(`bucket ${place.s3.bucket} at ${place.s3.endpoint}`);
}

async function lookAtEngine(): Promise<Finding> {
  const { INNGEST_BASE_URL, INNGEST_DEV } = environment();
  const url = INNGEST_BASE_URL ?? (INNGEST_DEV?.startsWith('http') ? INNGEST_DEV : undefined);
  if (url === undefined) return ok(INNGEST_DEV === undefined ? 'embedded' : 'development server');
  await fetch(url, { signal: AbortSignal.timeout(5_000) });
  return ok(`answers at ${url}`);
}

function lookAtSignIn(): Finding {
  const { GOOGLE_CLIENT_ID, NEXTAUTH_SECRET } = environment();
  const ways = GOOGLE_CLIENT_ID ? 'Google, e-mail and password' : 'e-mail and password';
  return ok(NEXTAUTH_SECRET ? ways : `${ways}; secret generated, loopback only`);
}

async function lookAtPort(): Promise<Finding> {
  const { PORT, HOST } = environment();
  const free = await findFreePort(PORT, HOST);
  return PORT === 0 || free === PORT ? ok(`${HOST}:${free}`) : note(`${PORT} is taken; ${free} would be used`);
}

async function lookAtBrowser(): Promise<Finding> {
  const found = await findChromium().catch((error: Error) => error);
  return found instanceof Error ? note(`${found.message} (only npm test needs it)`) : ok(found.executablePath);
}
