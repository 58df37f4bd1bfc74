import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from './listen';
import { runLua } from './run-lua';

const Command = z.array(z.union([z.string(), z.number()]).transform(String)).min(1);
const Commands = z.array(Command);

interface Stored {
  value: string;
  expiresAt: number;
}
type Answer = { result: unknown } | { error: string };

/** As much of Redis behind Upstash's REST protocol as counting needs; its scripts are really run. */
export async function startUpstash(token: string, port = 0) {
  const stored = new Map<string, Stored>();
  const scripts = new Map<string, string>();
  const get = (key: string) => {
    const found = stored.get(key);
    return found && found.expiresAt > Date.now() ? found : undefined;
  };
  const call = ([name = '', key = '', value = '']: string[]): number | string | null => {
    const found = get(key);
    switch (name.toUpperCase()) {
      case 'GET':
        return found?.value ?? null;
      case 'INCRBY': {
        const next = Number(found?.value ?? 0) + Number(value);
        stored.set(key, { value: String(next), expiresAt: found?.expiresAt ?? Number.POSITIVE_INFINITY });
        return next;
      }
      case 'PEXPIRE':
        if (found) found.expiresAt = Date.now() + Number(value);
        return found ? 1 : 0;
      default:
        throw new Error(`ERR unknown command '${name}'`);
    }
  };
  const evaluate = (script: string, [count = '0', ...rest]: string[]) => {
    const keys = Number(count);
    return runLua(script, rest.slice(0, keys), rest.slice(keys), call);
  };
  const answer = ([name = '', ...rest]: string[]): Answer => {
    const [subject = '', ...args] = rest;
    switch (name.toUpperCase()) {
      case 'EVALSHA': {
        const script = scripts.get(subject);
        if (script === undefined) return { error: 'NOSCRIPT No matching script. Please use EVAL.' };
        return { result: evaluate(script, args) };
      }
      case 'EVAL':
        scripts.set(createHash('sha1').update(subject).digest('hex'), subject);
        return { result: evaluate(subject, args) };
      default:
        return { result: call([name, ...rest]) };
    }
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    if (request.headers.authorization !== `Bearer ${token}`) return send(401, { error: 'Unauthorized' });
    const body: unknown = JSON.parse(Buffer.concat(pieces).toString());
    if (request.url === '/pipeline') return send(200, Commands.parse(body).map(answer));
    const one = answer(Command.parse(body));
    return send('error' in one ? 400 : 200, one);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening.port}`,
    port: listening.port,
    keys: () => [...stored.keys()],
    close: listening.close,
  };
}
