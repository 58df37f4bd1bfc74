import { createServer } from 'node:net';

/** The first port from `wanted` on that can be listened on; 0 asks the system for any. */
export async function findFreePort(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port <= 65_535; port += 1) {
    const free = await tryPort(port, host);
    if (free !== undefined) return free;
  }
  throw new Error(`No free port on ${host} from ${wanted} on`);
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') done(undefined);
      else fail(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => done(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}
