import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/db/embedded';

/** Starts the embedded PostgreSQL of `dataDir`, and starts it again on the same port should it end by itself. */
export async function keepPostgres(dataDir: string, say: (line: string) => void) {
  let stopping = false;
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, log: say });
  const { url, port } = server;

  const watch = async () => {
    for (;;) {
      await server.exited;
      if (stopping) return;
      say('PostgreSQL ended and is started again');
      server = await startEmbeddedPostgres({ dataDir, log: say, port }).catch(async (error) => {
        say(String(error));
        await sleep(1_000);
        return server;
      });
      if (stopping) return await server.stop();
    }
  };
  const watching = watch();

  const stop = async () => {
    stopping = true;
    await server.stop();
    await watching;
  };
  return { url, stop };
}
