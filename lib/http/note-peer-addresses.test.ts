import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { PEER_ADDRESS } from '@/lib/rate-limit/client-address';
import { notePeerAddresses } from './note-peer-addresses';

it('gives every request the address of its connection, over what the client says', async () => {
  notePeerAddresses();
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { [PEER_ADDRESS]: '203.0.113.5' } });
  expect(await answer.json()).toMatchObject({ [PEER_ADDRESS]: '127.0.0.1' });
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
