import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOrCreateSecrets } from './secrets';

test('secrets are made once, differ between machines and are for their owner only', () => {
  const [here, there] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'novel-secrets-')));
  if (here === undefined || there === undefined) throw new Error('no folders');
  const secrets = readOrCreateSecrets(here);
  expect(readOrCreateSecrets(here)).toEqual(secrets);
  expect(readOrCreateSecrets(there)).not.toEqual(secrets);
  expect(statSync(join(here, 'secrets.json')).mode & 0o777).toBe(0o600);
  for (const folder of [here, there]) rmSync(folder, { recursive: true });
});
