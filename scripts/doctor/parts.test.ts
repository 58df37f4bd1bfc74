import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examine, PARTS } from './parts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'novel-doctor-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('PORT', '0');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What is found bad, and why. */
async function complaints(): Promise<Record<string, string>> {
  const found = await Promise.all(PARTS.map(async (part) => ({ name: part.name, ...(await examine(part)) })));
  return Object.fromEntries(found.flatMap(({ name, verdict, detail }) => (verdict === 'bad' ? [[name, detail]] : [])));
}

describe('the doctor', () => {
  it('finds nothing bad where nothing is configured', async () => {
    expect(await complaints()).toEqual({});
  });

  it('names a wrong variable', async () => {
    vi.stubEnv('MAX_PAGES', 'many');
    expect((await complaints()).configuration).toContain('MAX_PAGES must be a whole number of pages');
  });

  it('names what is configured and does not answer', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:9/nothing');
    vi.stubEnv('INNGEST_BASE_URL', 'http://127.0.0.1:9');
    const s3 = { ENDPOINT: 'http://127.0.0.1:9', BUCKET: 'b', REGION: 'r', ACCESS_KEY_ID: 'k', SECRET_ACCESS_KEY: 's' };
    for (const [name, value] of Object.entries(s3)) vi.stubEnv(`S3_${name}`, value);
    expect(Object.keys(await complaints())).toEqual(['PostgreSQL', 'files', 'engine']);
  });
});
