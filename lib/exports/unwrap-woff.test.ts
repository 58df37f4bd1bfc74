import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@pdf-lib/fontkit';
import { expect, it } from 'vitest';
import { unwrapWoff } from './unwrap-woff';

it('unwraps the same font that the WOFF file holds', async () => {
  const file = createRequire(import.meta.url).resolve(
    '@fontsource/eb-garamond/files/eb-garamond-latin-400-normal.woff',
  );
  const woff = await readFile(file);
  const plain = fontkit.create(unwrapWoff(woff));
  const wrapped = fontkit.create(woff);
  expect(plain.postscriptName).toBe('EBGaramond-Regular');
  expect(plain.characterSet).toEqual(wrapped.characterSet);
  const widths = (font: typeof plain) =>
    font.layout('L’œuvre « affinée » fut lue.').glyphs.map(({ advanceWidth }) => advanceWidth);
  expect(widths(plain)).toEqual(widths(wrapped));
});
