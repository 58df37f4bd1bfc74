import { openDatabases } from './database';
import type { EngineOptions } from './engine-options';
import { fireTimers } from './fire-timers';
import { enlist, prune, releaseLeases, waitForSessionEnd } from './keep-alive';
import { lookAfterLeases } from './look-after-leases';
import { migrateSchema } from './migrate-schema';
import { createClient } from './post-json';
import { createPump } from './pump';
import { routeEvents } from './route-events';
import { createApi, listen } from './serve-api';
import { isSigningKey } from './signature';
import { createWorkQueue } from './work-queue';

export interface RunningEngine {
  url: string;
  port: number;
  /** Lets requests end for a moment, then gives their work back. */
  close(): Promise<void>;
}

const PRUNE_MS = 60 * 60 * 1000;
const GRACE_MS = 300;

function keysOf({ dev, signingKey, eventKey }: EngineOptions) {
  if (dev) return undefined;
  if (!signingKey || !isSigningKey(signingKey)) throw new Error('The engine needs a hexadecimal signing key.');
  if (!eventKey) throw new Error('The engine needs an event key.');
  return { signingKey, eventKey };
}

/** Starts an Inngest server on loopback whose whole state is in PostgreSQL. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { leaseMs = 30_000, retentionMs = 864e5, schema = 'inngest_embedded', log = () => undefined } = options;
  const keys = keysOf(options);
  const onError = (error: unknown) => {
    log('error', 'the engine met an error', { error: error instanceof Error ? error.message : 'unknown' });
  };
  const { durable, control } = openDatabases(options.databaseUrl, schema);
  await migrateSchema(durable, schema);
  const engine = await enlist(control);

  const client = createClient();
  const queue = createWorkQueue({
    ...options,
    sql: durable,
    control,
    client,
    engine,
    leaseMs,
    log,
    signingKey: keys?.signingKey,
  });
  const pumps = {
    events: createPump(async () => ((await routeEvents(durable, onError)) ? 0 : undefined), onError),
    timers: createPump(() => fireTimers(durable, onError), onError),
    jobs: createPump(queue.take, onError),
  };
  const isPump = (table: string): table is keyof typeof pumps => Object.hasOwn(pumps, table);
  const wakeAll = () => {
    for (const pump of Object.values(pumps)) pump.wake();
  };

  const wake = (table: keyof typeof pumps) => pumps[table].wake();
  const care = await lookAfterLeases({ control, engine, leaseMs, queue, wake, onError });
  const onConnected = () => {
    wakeAll();
    // After an absence of the database nobody has a lock any more.
    care.renew().catch(onError);
  };
  const listener = await durable.listen(schema, (table) => isPump(table) && wake(table), onConnected);
  queue.onRoom(pumps.jobs.wake);
  await prune(durable, retentionMs);
  const pruning = setInterval(() => prune(durable, retentionMs).catch(onError), PRUNE_MS);

  const server = createApi(durable, keys, onError);
  const port = await listen(server, options.port);

  let closing: Promise<void> | undefined;
  async function stop(): Promise<void> {
    care.stop();
    clearInterval(pruning);
    server.close();
    await pumps.jobs.stop();
    await queue.drain(GRACE_MS);
    await Promise.all([pumps.events.stop(), pumps.timers.stop()]);
    await releaseLeases(control, engine);
    server.closeAllConnections();
    client.close();
    await durable.end({ timeout: 1 });
    await waitForSessionEnd(control, listener.state.pid);
    await control.end({ timeout: 1 });
  }

  return { url: `http://127.0.0.1:${port}`, port, close: () => (closing ??= stop()) };
}
