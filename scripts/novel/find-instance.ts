import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { closeDatabase, openDatabase } from '@/db/client';
import { joinEmbeddedPostgres } from '@/db/embedded';
import { createOwnerToken } from '@/lib/auth/create-owner-token';
import { parseEnv } from '@/lib/env';
import { launchApp } from '@/scripts/start/launch-app';
import { findLockHolder } from '@/scripts/start/lock-file';
import { readOrCreateSecrets } from '@/scripts/start/secrets';

export interface Instance {
  url: string;
  accessToken: string;
  /** Ends it if it was started for this run only. */
  close(): Promise<void>;
}

/** The server at `url` with the token of NOVEL_TOKEN; else the one running on DATA_DIR; else one for this run only. */
export async function findInstance(url: string | undefined, say: (line: string) => void): Promise<Instance> {
  if (url !== undefined) {
    const accessToken = process.env.NOVEL_TOKEN;
    if (!accessToken) throw new Error('With --url, put an access token into NOVEL_TOKEN (POST /api/v1/auth/token).');
    return { url, accessToken, close: () => Promise.resolve() };
  }
  const dataDir = resolve(parseEnv(process.env).DATA_DIR);
  const running = findLockHolder(join(dataDir, 'supervisor.lock'))?.url;
  if (running !== undefined) {
    return { url: running, accessToken: await ownerToken(dataDir), close: () => Promise.resolve() };
  }
  say('Starting an instance for this novel …');
  const app = await launchApp({ ...process.env, PORT: '0' });
  const close = async () => {
    const ended = once(app.supervisor, 'exit');
    app.supervisor.kill('SIGINT');
    await ended;
  };
  try {
    return { url: app.url, accessToken: await ownerToken(dataDir), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Who can read this machine's secrets is its owner. */
async function ownerToken(dataDir: string): Promise<string> {
  const { NEXTAUTH_SECRET } = readOrCreateSecrets(dataDir);
  process.env.NEXTAUTH_SECRET ??= NEXTAUTH_SECRET;
  const databaseUrl = process.env.DATABASE_URL ?? (await joinEmbeddedPostgres(dataDir));
  if (databaseUrl === undefined) throw new Error(`No database is running on ${dataDir}.`);
  openDatabase(databaseUrl);
  try {
    return await createOwnerToken();
  } finally {
    await closeDatabase();
  }
}
