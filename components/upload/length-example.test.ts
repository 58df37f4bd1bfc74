import { describe, expect, it } from 'vitest';
import { rewriteOffline } from '@/lib/rewrite/offline/rewrite-offline';
import { exampleFor } from './length-example';

const LIMITS = Array.from({ length: 48 }, (_, index) => index + 3);
const [original = ''] = exampleFor(50);

describe('the example sentence', () => {
  it.each(LIMITS)('reads at %i words as the offline engine writes it', (maxWords) => {
    const { rewrites } = rewriteOffline({ position: 0, kind: 'narration', text: original }, { maxWords, minWords: 2 });
    expect(exampleFor(maxWords)).toEqual(rewrites);
  });

  it('reads otherwise at each of the limits that are often chosen', () => {
    expect(new Set([6, 8, 12].map((maxWords) => exampleFor(maxWords).length)).size).toBe(3);
  });
});
