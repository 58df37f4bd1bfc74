import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GEMINI_MODELS } from '@/lib/rewrite/engine';
import { CREDITS_PER_1000_TOKENS, priceTokens } from './price';

const model = fc.constantFrom(...GEMINI_MODELS);
const tokens = fc.integer({ min: 0, max: 100_000_000 });

it('asks 2, 3 or 5 credits for 1,000 tokens', () => {
  expect(GEMINI_MODELS.map((name) => priceTokens(name, 1000))).toEqual([3, 5, 2]);
});

it('asks nothing for nothing and at least one credit for anything', () => {
  for (const name of GEMINI_MODELS) expect([priceTokens(name, 0), priceTokens(name, 1)]).toEqual([0, 1]);
});

it('is whole, never less than the price and never a credit more', () => {
  fc.assert(
    fc.property(model, tokens, (name, n) => {
      const credits = priceTokens(name, n);
      const exact = (n * CREDITS_PER_1000_TOKENS[name]) / 1000;
      expect(Number.isInteger(credits)).toBe(true);
      expect(credits).toBeGreaterThanOrEqual(exact);
      expect(credits).toBeLessThan(exact + 1);
    }),
  );
});

it('never asks less for more', () => {
  fc.assert(
    fc.property(model, tokens, tokens, (name, a, b) => {
      expect(priceTokens(name, a + b)).toBeGreaterThanOrEqual(priceTokens(name, a));
    }),
  );
});
