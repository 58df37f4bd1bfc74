import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems lend to outgoing connections: a port found here is still free when the app gets to it. */
const ANY_PORT = [20_000, 30_000] as const;

/** The first port from `wanted` on that can be listened on; 0 means any. */
export async function findFreePort(wanted: number, host: string): Promise<number> {
  const first = wanted === 0 ? randomInt(...ANY_PORT) : wanted;
  for (let port = first; port <= 65_535; port += 1) {
    if (await isFree(port, host)) return port;
  }
  throw new Error(`No free port on ${host} from ${wanted} on`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') done(false);
      else fail(error);
    });
    server.listen(port, host, () => server.close(() => done(true)));
  });
}
