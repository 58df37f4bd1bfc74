import crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Place } from '@/lib/storage/s3/s3-backend';
import { listen } from './listen';

/** What happens to one request instead of being answered; undefined lets it pass. */
export type Trouble = (request: IncomingMessage) => 'busy' | 'cut' | 'spoil' | 'lose the answer' | undefined;

// The server encrypts where a list goes on with DES, which OpenSSL 3 has only thrice over; with one key that is the same.
const { createCipheriv, createDecipheriv } = crypto;
const thrice = (key: crypto.CipherKey) => (Buffer.isBuffer(key) ? Buffer.concat([key, key, key]) : key);
Object.assign(crypto, {
  createCipheriv: (name: string, key: crypto.CipherKey, iv: Buffer) =>
    name === 'des' ? createCipheriv('des-ede3-cbc', thrice(key), iv) : createCipheriv(name, key, iv),
  createDecipheriv: (name: string, key: crypto.CipherKey, iv: Buffer) =>
    name === 'des' ? createDecipheriv('des-ede3-cbc', thrice(key), iv) : createDecipheriv(name, key, iv),
});

const BUCKET = 'shelf';
const BUSY = '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Later</Message></Error>';

/** A server that speaks S3 over HTTP, behind a door that can make trouble. */
export async function startS3Server() {
  const directory = mkdtempSync(join(tmpdir(), 'novel-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  // It forgets the slash behind the name of a bucket, which belongs to what is signed; there it cannot tell.
  server.middleware.unshift((context, next) => {
    const allowMismatchedSignatures = { value: context.path === `/${BUCKET}/` };
    context.app = Object.create(context.app, { allowMismatchedSignatures });
    return next();
  });
  const { port } = await server.run();
  let trouble: Trouble = () => undefined;
  let asked: string[] = [];
  const door = await listen(
    createServer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      const happens = trouble(incoming);
      if (happens === 'busy') {
        response.writeHead(503, { 'content-type': 'application/xml', connection: 'close' }).end(BUSY);
      } else pass(port, incoming, response, happens);
    }),
  );
  const place: S3Place = {
    endpoint: `http://127.0.0.1:${door.port}`,
    bucket: BUCKET,
    region: 'eu-west-3',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  };
  return {
    place,
    asked: () => asked,
    /** All peace again without an argument. */
    make: (next: Trouble = () => undefined) => {
      trouble = next;
      asked = [];
    },
    close: async () => {
      await door.close();
      server.httpServer.closeAllConnections();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The same host, or the signature would be another's. */
function pass(port: number, incoming: IncomingMessage, response: ServerResponse, trouble: ReturnType<Trouble>): void {
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    if (trouble === 'lose the answer') {
      answer.resume().once('end', () => response.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    if (trouble === 'spoil') {
      answer.on('data', (piece: Buffer) => response.write(piece.fill(0))).once('end', () => response.end());
      return;
    }
    if (trouble !== 'cut') return void answer.pipe(response);
    answer.once('data', (piece: Buffer) => {
      response.write(piece.subarray(0, piece.length / 2), () => response.destroy());
      answer.destroy();
    });
  });
  onward.once('error', () => response.destroy());
  incoming.pipe(onward);
}
