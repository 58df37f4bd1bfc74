import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium } from './find-chromium';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'novel-browser-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('the browser for stories', () => {
  it('is the one that CHROMIUM_PATH names, before any other', async () => {
    program('chromium');
    vi.stubEnv('PATH', folder);
    vi.stubEnv('CHROMIUM_PATH', program('named'));
    expect((await findChromium()).executablePath).toBe(join(folder, 'named'));
  });

  it('is not guessed when CHROMIUM_PATH is wrong', async () => {
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'nothing'));
    await expect(findChromium()).rejects.toThrow(`CHROMIUM_PATH names no program: ${join(folder, 'nothing')}`);
  });

  it('is else that of the system', async () => {
    vi.stubEnv('CHROMIUM_PATH', '');
    vi.stubEnv('PATH', folder);
    const path = program('chromium');
    expect((await findChromium()).executablePath).toBe(path);
  });
});
