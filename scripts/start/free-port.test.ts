import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePort } from './free-port';

test('a busy port is stepped over', async () => {
  const port = await findFreePort(0, '127.0.0.1');
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await findFreePort(port, '127.0.0.1')).toBeGreaterThan(port);
  server.close();
  await once(server, 'close');
  expect(await findFreePort(port, '127.0.0.1')).toBe(port);
});
