import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createClient } from './post-json';

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Posts to an app that answers so, or not at all. */
async function post(answer: (response: ServerResponse) => void): Promise<unknown> {
  const asked = Promise.withResolvers<void>();
  const app = createServer((_, response) => {
    answer(response);
    asked.resolve();
  });
  const client = createClient();
  onTestFinished(() => {
    client.close();
    app.closeAllConnections();
    app.close();
  });
  await once(app.listen(0, '127.0.0.1'), 'listening');
  const address = app.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const answered = client.post(new URL(`http://127.0.0.1:${port}/`), '{}', {}, new AbortController().signal);
  answered.catch(() => undefined);
  await asked.promise;
  return answered;
}

test('A request that was answered leaves nothing that waits for its time to be over.', async () => {
  expect(await post((response) => response.end('{}'))).toMatchObject({ status: 200, body: '{}' });
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
});

test('A request is given up after two hours.', async () => {
  const answered = post(() => vi.advanceTimersByTime(TWO_HOURS_MS));
  await expect(answered).rejects.toThrow('two hours');
});
