import http from 'node:http';
import https from 'node:https';

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const STALE: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);
const STALE_MS = 100;
const TIMEOUT_MS = 2 * 60 * 60 * 1000;

/** The app is there, but what it answers is of no use. */
export class UselessAnswer extends Error {}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Steps may take hours, so this is node:http: fetch gives up after five minutes without headers. */
export function createClient() {
  const agents = {
    http: new http.Agent({ keepAlive: true, keepAliveMsecs: 10_000 }),
    https: new https.Agent({ keepAlive: true, keepAliveMsecs: 10_000 }),
  };

  function post(url: URL, body: string, headers: Record<string, string>, signal: AbortSignal, again = false) {
    const secure = url.protocol === 'https:';
    const agent = again ? false : secure ? agents.https : agents.http;
    const options = { method: 'POST', agent, signal };
    return new Promise<Answer>((resolve, reject) => {
      const began = performance.now();
      const request = (secure ? https : http).request(url, {
        ...options,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      });
      // Not AbortSignal.timeout: it would stay for the two hours, with all that hangs on it.
      const limit = setTimeout(() => request.destroy(new UselessAnswer('no answer came in two hours')), TIMEOUT_MS);
      request.on('close', () => clearTimeout(limit));
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_ANSWER_BYTES) request.destroy(new UselessAnswer('the answer is larger than 8 MiB'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: Buffer.concat(chunks).toString() });
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The other side may close an idle connection just as it is used again; that says nothing about the app.
        const stale = request.reusedSocket && !again && STALE.has(error.code) && performance.now() - began < STALE_MS;
        if (stale) post(url, body, headers, signal, true).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });
  }

  function close(): void {
    agents.http.destroy();
    agents.https.destroy();
  }

  return { post, close };
}

export type Client = ReturnType<typeof createClient>;
