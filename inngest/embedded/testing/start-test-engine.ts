import type { Inngest, InngestFunction } from 'inngest';
import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing/create-test-database';
import type { EngineOptions } from '../engine-options';
import { type RunningEngine, startEngine } from '../start-engine';
import { type App, createProbe, type Probe, startApp } from './start-app';

export const KEYS = { signingKey: `signkey-test-${'0123456789abcdef'.repeat(4)}`, eventKey: 'event-key' };

interface Setup {
  probe: Probe;
  databaseUrl: string;
  engine: RunningEngine;
  app: App;
}

/** For one test file: a database, an engine and an app with these functions. */
export function setUpEngine(
  functions: (client: Inngest, probe: Probe) => InngestFunction.Any[],
  options: Partial<EngineOptions> = {},
  prepare: (databaseUrl: string) => Promise<void> = async () => undefined,
): () => Setup {
  let database: TestDatabase | undefined;
  let setup: Setup | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    await prepare(database.url);
    const probe = createProbe();
    const defaults = { port: 0, dev: true, retryIntervalMs: 100, leaseMs: 5000 };
    const engine = await startEngine({ ...defaults, databaseUrl: database.url, ...options });
    const keys = options.dev === false ? KEYS : undefined;
    const app = await startApp({ engineUrl: engine.url, probe, functions: (client) => functions(client, probe), keys });
    const registered = await app.register();
    if (!registered.ok) throw new Error(await registered.text());
    setup = { probe, databaseUrl: database.url, engine, app };
  });

  afterAll(async () => {
    await setup?.engine.close();
    await setup?.app.close();
    await database?.drop();
  });

  return () => {
    if (!setup) throw new Error('The engine is not running yet.');
    return setup;
  };
}
