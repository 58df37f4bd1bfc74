import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the novels that an app keeps. */
export function storedFiles(dataDir: string): string[] {
  const folder = join(dataDir, 'files');
  // It comes into being with the first upload.
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
