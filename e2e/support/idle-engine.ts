import { createServer } from 'node:http';
import { listen } from './listen';

/** Takes every event, as the engine does, and does nothing about any: for tests of what happens before. */
export async function startIdleEngine() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ids: ['0'], status: 200 }));
    });
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close };
}
