import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeNovel } from '@/e2e/support/novel-maker';
import { run } from './read-worker';

it('reads a long novel as before, whenever it comes in the middle of the practice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'));
  try {
    const path = join(folder, 'novel.pdf');
    const { pdf, sentences } = await makeNovel({ seed: 9, pages: 60 });
    writeFileSync(path, pdf);
    const first = await run({ kind: 'read', path, fixHyphenation: true });
    expect(first).toMatchObject({ sentences: { length: sentences.length } });
    for (const restMs of [0, 3_005, 3_060, 3_130]) {
      await sleep(restMs);
      expect(await run({ kind: 'read', path, fixHyphenation: true })).toEqual(first);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
