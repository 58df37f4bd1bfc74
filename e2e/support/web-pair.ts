import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Place } from '@/lib/storage/s3/s3-backend';
import { findFreePort } from '@/scripts/start/free-port';
import { end, startWeb } from './kill-product';
import { listen } from './listen';

export type WebName = 'one' | 'other';

interface WebPairOptions {
  databaseUrl: string;
  engineUrl: string;
  geminiUrl: string;
  s3: S3Place;
}

/** Two web processes, each with a folder of its own, behind one address that asks whom `route` names. */
export async function startWebPair({ databaseUrl, engineUrl, geminiUrl, s3 }: WebPairOptions) {
  const names: WebName[] = ['one', 'other'];
  const ports = { one: await findFreePort(0, '127.0.0.1'), other: await findFreePort(0, '127.0.0.1') };
  const asked: Record<WebName, number> = { one: 0, other: 0 };
  let route: (count: number) => WebName = () => 'one';
  let count = 0;
  const balancer = await listen(
    createServer((incoming, response) => {
      const { method, url, headers } = incoming;
      count += 1;
      const onward = request({ port: ports[route(count)], method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response).once('error', () => undefined);
        answer.once('error', () => response.destroy());
      });
      onward.once('error', () => response.destroy());
      incoming.pipe(onward);
    }),
  );
  const folders = { one: await newFolder(), other: await newFolder() };
  const start = (name: WebName): Promise<ChildProcess> => {
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: folders[name],
      NEXTAUTH_SECRET: 'a secret for two machines, or more',
      INNGEST_DEV: engineUrl,
      GEMINI_API_KEY: 'key',
      GEMINI_BASE_URL: geminiUrl,
      S3_ENDPOINT: s3.endpoint,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.region,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      PORT: String(ports[name]),
      SERVE_ORIGIN: `http://127.0.0.1:${balancer.port}`,
      LOG_LEVEL: 'silent',
    };
    return startWeb(env, (edge, goOn) => {
      if (edge === 'asked') asked[name] += 1;
      goOn();
    });
  };
  const webs: Record<WebName, ChildProcess> = { one: await start('one'), other: await start('other') };

  return {
    asked,
    folders,
    route: (next: (count: number) => WebName) => {
      route = next;
    },
    startJob: (at: WebName, file: string, userId: string) => webs[at].send({ start: { file, userId } }),
    kill9: (name: WebName) => void webs[name].kill('SIGKILL'),
    revive: async (name: WebName) => {
      await end(webs[name]);
      webs[name] = await start(name);
    },
    /** Novels that lie on a disk. */
    listFiles: async () => {
      const found = await Promise.all(names.map((name) => readdir(folders[name], { recursive: true })));
      return found.flat().filter((name) => name.endsWith('.pdf'));
    },
    close: async () => {
      await Promise.all(names.map((name) => end(webs[name])));
      await balancer.close();
      for (const name of names) await rm(folders[name], { recursive: true });
    },
  };
}

const newFolder = () => mkdtemp(join(tmpdir(), 'novel-machine-'));
