import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from './api';
import { ApiError, isApiError } from './api-error';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const answerWith = (status: number, body: string, headers: Record<string, string> = {}) =>
  serve((_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  });

const failure = async (pending: Promise<unknown>): Promise<ApiError> => {
  const error = await pending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
};

const PROBLEM = {
  type: 'https://example.org/pdf-encrypted',
  title: 'The PDF is protected by a password',
  status: 422,
  detail: 'Save a copy without the password.',
  instance: '/api/v1/jobs',
  code: 'PDF_ENCRYPTED',
  retryable: false,
  request_id: 'r1',
  errors: [],
};

describe('the API client', () => {
  it('turns a problem into an ApiError that carries all of it', async () => {
    const baseUrl = await answerWith(422, JSON.stringify(PROBLEM));
    const error = await failure(createApi({ baseUrl }).getJob('j1'));
    expect(error.problem).toEqual(PROBLEM);
    expect(isApiError(error, 'PDF_ENCRYPTED')).toBe(true);
    expect(error.message).toBe(PROBLEM.detail);
  });

  it('names the failure of a proxy that answers with a page of its own by its status', async () => {
    const baseUrl = await answerWith(503, '<html>Bad day</html>', { 'retry-after': '7' });
    const error = await failure(createApi({ baseUrl }).me());
    expect(error.code).toBe('UNAVAILABLE');
    expect(error.problem.retryable).toBe(true);
    expect(error.retryAfterSeconds).toBe(7);
  });

  it('says UNREACHABLE when somebody else answers well: a page to sign in to a network, or nothing', async () => {
    for (const body of ['<html>Welcome to our network</html>', '']) {
      const baseUrl = await answerWith(200, body, { 'content-type': 'text/html' });
      expect((await failure(createApi({ baseUrl }).me())).code).toBe('UNREACHABLE');
      expect((await failure(createApi({ baseUrl }).findChangedJob('j1', null))).code).toBe('UNREACHABLE');
    }
  });

  it('is told of changes only', async () => {
    const baseUrl = await serve((request, response) => {
      const isKnown = request.headers['if-none-match'] === '"7"';
      response.writeHead(isKnown ? 304 : 200, { etag: '"7"' }).end(isKnown ? undefined : '{"id":"j1"}');
    });
    const api = createApi({ baseUrl });
    expect(await api.findChangedJob('j1', null)).toEqual({ job: { id: 'j1' }, etag: '"7"' });
    expect(await api.findChangedJob('j1', '"7"')).toBeUndefined();
  });

  it('says UNREACHABLE when nobody listens', async () => {
    const baseUrl = await answerWith(200, '');
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect((await failure(createApi({ baseUrl }).me())).code).toBe('UNREACHABLE');
  });

  it('lets a request that was given up by its caller stay what it is', async () => {
    const baseUrl = await serve(() => undefined);
    const pending = createApi({ baseUrl }).getJob('j1', { signal: AbortSignal.timeout(20) });
    await expect(pending).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('sends the token, the settings before the file, and only what was asked for', async () => {
    const seen: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
    const baseUrl = await serve(async (request, response) => {
      const parts: Uint8Array[] = [];
      for await (const part of request) parts.push(part);
      const { url, headers } = request;
      seen.push({ url, authorization: headers.authorization, body: Buffer.concat(parts).toString() });
      response.writeHead(500).end();
    });
    const api = createApi({ baseUrl, accessToken: () => 'secret' });
    await failure(api.createJob(new File(['%PDF-'], 'é.pdf'), { sentence_length_limit: 6 }));
    await failure(api.listJobs({ q: 'mer & ciel', status: undefined, cursor: '' }));
    const [upload, list] = seen;
    expect(upload?.authorization).toBe('Bearer secret');
    const limitAt = upload?.body.indexOf('sentence_length_limit') ?? -1;
    expect(limitAt).toBeGreaterThan(-1);
    expect(upload?.body.indexOf('filename="é.pdf"')).toBeGreaterThan(limitAt);
    expect(list?.url).toBe('/api/v1/jobs?q=mer+%26+ciel');
  });

  it('has no events to offer where a header must go along', () => {
    expect(createApi({ accessToken: () => 'secret' }).eventsUrl('j1')).toBeUndefined();
  });
});
