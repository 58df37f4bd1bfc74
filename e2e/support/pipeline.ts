import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { serve } from 'inngest/node';
import { inngest } from '@/inngest/client';
import { type RunningEngine, startEngine } from '@/inngest/embedded/start-engine';
import { functions } from '@/inngest/functions';
import { listen } from './listen';

/** What the app answers to one request of the engine. */
interface Answer {
  status: number;
  body: string;
}

type Loses = (answer: Answer) => boolean | Promise<boolean>;

export interface PipelineOptions {
  databaseUrl: string;
  /** The one in INNGEST_DEV. */
  enginePort: number;
  /** Asked before the answer of a run is handed on: true loses it, as a crash between the work and its answer would. */
  loses?: Loses;
}

const LEASE_MS = 2_000;
const RETRY_MS = 50;

/** The embedded engine and the product's functions behind HTTP, in this process; nothing between them is pretended. */
export async function startPipeline({ databaseUrl, enginePort, loses = () => false }: PipelineOptions) {
  let appPort = 0;
  const door = await listen(
    createServer((request, response) => {
      passOn(appPort, request, response, loses).catch(() => response.destroy());
    }),
  );
  const serveOrigin = `http://127.0.0.1:${door.port}`;
  const app = await listen(createServer(serve({ client: inngest, functions, serveOrigin })));
  appPort = app.port;
  const start = () =>
    startEngine({ databaseUrl, port: enginePort, dev: true, leaseMs: LEASE_MS, retryIntervalMs: RETRY_MS });
  let engine: RunningEngine = await start();
  const registered = await fetch(`${serveOrigin}/api/inngest`, { method: 'PUT' });
  if (!registered.ok) throw new Error(`the functions were not registered: ${await registered.text()}`);

  let isClosed = false;
  let restarting = Promise.resolve();
  const restart = async () => {
    if (isClosed) return;
    await engine.close();
    engine = await start();
  };

  return {
    /** Takes the engine away in the middle of what it does, and brings a new one. */
    restartEngine: () => {
      restarting = restarting.then(restart);
      return restarting;
    },
    close: async () => {
      isClosed = true;
      await restarting;
      await engine.close();
      await Promise.all([door.close(), app.close()]);
    },
  };
}

/** Hands a request to the app on `port`, and its answer back. */
export async function passOn(port: number, request: IncomingMessage, response: ServerResponse, loses: Loses) {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const { method = 'GET', url = '/' } = request;
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && name !== 'content-length' && name !== 'connection' && name !== 'host'
      ? [[name, value]]
      : [],
  );
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: Buffer.concat(pieces) }),
  });
  const body = await answer.text();
  if (method === 'POST' && (await loses({ status: answer.status, body }))) return response.destroy();
  const kept = [...answer.headers].filter(
    ([name]) => !/^(?:content-encoding|content-length|transfer-encoding)$/.test(name),
  );
  // A connection is not used twice: the engine may dial a used one that breaks again, without counting an attempt.
  response.writeHead(answer.status, { ...Object.fromEntries(kept), connection: 'close' }).end(body);
}
