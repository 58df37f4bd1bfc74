import { describe, expect, it } from 'vitest';
import { pickLocale } from './locales';

describe('the language of the interface', () => {
  it.each([
    ['fr', 'en-US,en;q=0.9', 'fr'],
    [undefined, 'fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    [undefined, 'de,en;q=0.5,fr;q=0.7', 'fr'],
    [undefined, 'fr;q=0,en', 'en'],
    [undefined, 'ja', 'en'],
    [undefined, null, 'en'],
    ['xx', 'fr', 'fr'],
  ])('chosen %s, asked for %s: %s', (chosen, accepted, locale) => {
    expect(pickLocale(chosen, accepted)).toBe(locale);
  });
});
