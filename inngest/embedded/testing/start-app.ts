import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/node';

export interface Seen {
  key: string;
  step: string;
  attempt: number;
  begin: number;
  end: number | undefined;
}

export interface Ended {
  kind: 'finished' | 'failed' | 'cancelled';
  fn: string;
  run: string;
  key: string;
  result: unknown;
  error: string | undefined;
}

interface Context {
  event: { data: Record<string, unknown> };
  attempt: number;
  step: { run(id: string, body: () => Promise<unknown>): Promise<unknown> };
}

/** What the bodies of steps and the ends of runs left behind. */
export function createProbe() {
  const seen: Seen[] = [];
  const ended: Ended[] = [];

  /** Runs a step whose body is written down as it begins and as it ends. */
  function run(ctx: Context, step: string, work: () => unknown = () => step): Promise<unknown> {
    return ctx.step.run(step, async () => {
      const { event, attempt } = ctx;
      const entry: Seen = { key: String(event.data.key), step, attempt, begin: Date.now(), end: undefined };
      seen.push(entry);
      try {
        return await work();
      } finally {
        entry.end = Date.now();
      }
    });
  }
  const of = (key: string, step?: string) => seen.filter((x) => x.key === key && (!step || x.step === step));
  const ends = (key: string, kind: Ended['kind']) => ended.filter((x) => x.key === key && x.kind === kind);
  return { ended, run, of, ends };
}
export type Probe = ReturnType<typeof createProbe>;

export async function until<T>(test: () => T | undefined | false, what: string, ms = 30_000): Promise<T> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(15)) {
    const value = test();
    if (value) return value;
  }
  throw new Error(`Waited ${ms} ms for ${what}`);
}

interface AppOptions {
  engineUrl: string;
  probe: Probe;
  functions(client: Inngest): InngestFunction.Any[];
  keys?: { signingKey: string; eventKey: string } | undefined;
}

/** An app called `app` on a real port, registered with the engine, that also watches the ends of runs. */
export async function startApp({ engineUrl, probe, functions, keys }: AppOptions) {
  const secrets = keys ?? { eventKey: 'test' };
  const client = new Inngest({ id: 'app', baseUrl: engineUrl, isDev: !keys, logger: silent, ...secrets });
  const watchers = (['finished', 'failed', 'cancelled'] as const).map((kind) =>
    client.createFunction({ id: `saw-${kind}`, triggers: [{ event: `inngest/function.${kind}` }] }, ({ event }) => {
      const { function_id: slug = '', run_id: run, event: first, result, error } = event.data;
      const fn = String(slug).replace('app-', '');
      probe.ended.push({ kind, fn, run, key: String(first?.data?.key), result, error: error?.message });
    }),
  );
  const handler = serve({ client, functions: [...functions(client), ...watchers] });
  let port = 0;
  let server = await open();

  async function open() {
    const created = createServer((request, response) => handler(request, response));
    created.listen(port, '127.0.0.1');
    await once(created, 'listening');
    const address = created.address();
    if (typeof address !== 'object' || !address) throw new Error('The app has no port.');
    port = address.port;
    return created;
  }
  async function close() {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  async function reopen() {
    server = await open();
  }

  const url = `http://127.0.0.1:${port}/api/inngest`;
  const register = () => fetch(url, { method: 'PUT' });
  const finish = (key: string, ms?: number) =>
    until(() => probe.ends(key, 'finished').find(({ fn }) => !fn.startsWith('child')), `${key} to end`, ms);
  return { client, url, register, close, reopen, finish };
}
export type App = Awaited<ReturnType<typeof startApp>>;

const ignore = () => undefined;
const silent = { info: ignore, warn: ignore, error: ignore, debug: ignore };
