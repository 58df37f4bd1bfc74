import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('app/globals.css', 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_ON_SURFACE = [
  ...['ink', 'ink-soft', 'accent', 'amber', 'red'].flatMap((text) =>
    ['paper', 'sheet', 'mark'].map((on) => [text, on]),
  ),
  ...['ink', 'ink-soft', 'accent', 'amber'].map((text) => [text, 'accent-wash']),
  ['ink', 'amber-wash'],
  ['amber', 'amber-wash'],
  ['ink', 'red-wash'],
  ['red', 'red-wash'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['paper', 'red'],
];

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('the %s theme', (_name, selector) => {
  const tokens = tokensOf(selector);
  const ratio = (one = '', other = '') => {
    const [first, second] = [tokens.get(one), tokens.get(other)];
    if (first === undefined || second === undefined) throw new Error(`no token ${one} or ${other}`);
    return contrast(first, second);
  };

  it.each(TEXT_ON_SURFACE)('shows text in %s on %s at 7:1 or more', (text, surface) => {
    expect(ratio(text, surface)).toBeGreaterThanOrEqual(7);
  });

  it.each(['paper', 'sheet', 'mark'])('shows the edges of controls on %s at 4.5:1 or more', (surface) => {
    expect(ratio('edge', surface)).toBeGreaterThanOrEqual(4.5);
  });
});
