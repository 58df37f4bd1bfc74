import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPages } from '../e2e/support/read-pdf';

const sample = path.join(import.meta.dirname, '../samples/la-derniere-tournee');
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

describe('the sample', () => {
  it('is a story of more than 3,000 words in the typography of France', async () => {
    const story = await readFile(`${sample}.txt`, 'utf8');
    expect(story.match(/[\p{L}\p{N}][\p{L}\p{N}’-]*/gu)?.length).toBeGreaterThan(3000);
    expect(story).not.toMatch(/[^\u202f][;!?]|[^\u00a0][:»]|«[^\u00a0]|['"]| {2}|\.\.\./u);
  });

  it('is printed whole in its PDF, on twelve pages or more, with words cut at line ends', async () => {
    const story = await readFile(`${sample}.txt`, 'utf8');
    const headings = [...story.matchAll(/^# (.*)$/gmu)].map(([, heading = '']) => heading);
    const heads = ['La Dernière Tournée', ...headings].map(lettersOf).join('|');
    const pages = await readPages(await readFile(`${sample}.pdf`));
    const bodies = pages
      .slice(1)
      .map((page, index) => lettersOf(page).replace(new RegExp(`^(?:${heads})|${index + 2}$`, 'gu'), ''));
    expect(pages.length).toBeGreaterThanOrEqual(12);
    expect(pages.join('\n').match(/\p{L}-\n\p{Ll}/gu)?.length).toBeGreaterThan(30);
    expect(bodies.join('')).toBe(lettersOf(story.replace(/^# .*$/gmu, '')));
  });
});
