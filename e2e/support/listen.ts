import type { Server } from 'node:http';

/** On a free port of this machine, unless one is named. */
export function listen(server: Server, port = 0): Promise<{ port: number; close: () => Promise<void> }> {
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve({ port: address.port, close });
      else reject(new Error('the server has no TCP port'));
    });
  });
}
