import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { serve } from 'inngest/node';
import { z } from 'zod';
import { announce, inngest } from '@/inngest/client';
import { jobStartedEvent } from '@/inngest/events';
import { functions } from '@/inngest/functions';
import { createJob } from '@/lib/jobs/create-job';
import { storeFile } from '@/lib/storage/store';
import type { ToHarness } from './kill-product';
import { listen } from './listen';
import { passOn } from './pipeline';

/**
 * The web part of the product without its pages: a process that serves the functions on PORT, and asks its parent at
 * every edge of a request whether it may go on. There, the parent may kill it.
 */
const FromHarness = z.union([
  z.object({ goOn: z.int() }),
  z.object({ start: z.object({ file: z.string(), userId: z.string() }) }),
]);

const waiting = new Map<number, () => void>();
let asked = 0;

const tell = (message: ToHarness) => process.send?.(message);

function mayGoOn(edge: 'asked' | 'done' | 'answered'): Promise<void> {
  asked += 1;
  const number = asked;
  tell({ edge, number });
  return new Promise((resolve) => waiting.set(number, resolve));
}

process.on('message', (message) => {
  const order = FromHarness.parse(message);
  if ('goOn' in order) waiting.get(order.goOn)?.();
  else start(order.start).catch(giveUp);
});

async function start({ file, userId }: { file: string; userId: string }): Promise<void> {
  const stored = await storeFile(createReadStream(file), 50e6);
  const created = await createJob({ userId, file: stored, name: 'novel.pdf', settings: { engine: 'gemini' } });
  await announce(jobStartedEvent(created));
}

function giveUp(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const port = Number(process.env.PORT);
  // Where several such processes stand behind one address.
  const serveOrigin = process.env.SERVE_ORIGIN ?? `http://127.0.0.1:${port}`;
  const app = await listen(createServer(serve({ client: inngest, functions, serveOrigin })));
  const door = createServer(async (request, response) => {
    // Sweeps come by the clock; only the pipeline's requests are counted.
    const isOurs = request.method === 'POST' && request.url?.includes('process-novel') === true;
    const edge = async (name: 'asked' | 'done' | 'answered') => {
      if (isOurs) await mayGoOn(name);
      return false;
    };
    try {
      await edge('asked');
      await passOn(app.port, request, response, () => edge('done'));
      response.once('finish', () => edge('answered'));
    } catch {
      response.destroy();
    }
  });
  await listen(door, port);
  const registered = await fetch(`${serveOrigin}/api/inngest`, { method: 'PUT' }).catch(() => undefined);
  tell({ ready: registered?.ok === true });
}

main().catch(giveUp);
