/// <reference lib="esnext.disposable" />
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Env, isLoopback, parseEnv } from '@/lib/env';
import { bringUp } from './start/bring-up';
import { onParentGone } from './start/on-parent-gone';

const END_PATIENCE_MS = 4_800;

const say = (line: string) => process.stdout.write(`${line}\n`);
const undo = new AsyncDisposableStack();
let ending: Promise<void> | undefined;

/** Web, engine, database, in this order; then nothing of ours is left. */
function end(exitCode: number): Promise<void> {
  ending ??= (async () => {
    const late = sleep(END_PATIENCE_MS, undefined, { ref: false }).then(() => say('Stopping took too long'));
    await Promise.race([undo.disposeAsync(), late]);
    process.exit(exitCode);
  })();
  return ending;
}

function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!ending) say('\nStopping …');
      void end(0);
    });
  }
  // A closed terminal must not keep us from stopping the rest.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  onParentGone(() => void end(0));
}

/** The path that signs the owner of this machine in. */
async function ownerLink(env: Env, appEnv: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!isLoopback(env.HOST) || env.DATABASE_URL !== undefined) return undefined;
  // Only now: these modules read from the environment.
  Object.assign(process.env, appEnv);
  const { createOwnerLink } = await import('@/lib/auth/create-owner-link');
  const { closeDatabase } = await import('@/db/client');
  const path = await createOwnerLink();
  await closeDatabase();
  return path;
}

async function main(): Promise<void> {
  const startedAt = Date.now();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const env = parseEnv(process.env);
  const dev = process.argv.includes('--dev');
  const { url, done: path } = await bringUp({ env, dev, say, undo }, (appEnv) => ownerLink(env, appEnv));
  say(`\nFrench Novel Tool is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  say(`  Open     ${url}`);
  if (path !== undefined) say(`  Sign in  ${new URL(path, url).href}  (once, as the owner of this machine)`);
  say('  Stop     Ctrl-C\n');
}

endOnSignals();
main().catch(async (error: unknown) => {
  // Steps that were under way when the end began fail; that is no news.
  if (ending) return;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
});
