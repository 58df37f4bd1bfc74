import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a test file its own DATA_DIR and a secret. The configuration is read when modules load, so call it in
 * `vi.hoisted`, before the imports. Returns the folder and how to remove it.
 */
export function prepareEnvironment(variables: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'novel-data-'));
  Object.assign(process.env, { DATA_DIR: dataDir, NEXTAUTH_SECRET: 'a secret for tests, 32 or longer', ...variables });
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
