import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TEXT_KINDS } from '@/lib/french/novel-text';
import { decide } from './needs-rewrite';

const LONG = 'un deux trois quatre cinq six';
const settings = { maxWords: 5, ignoreDialogue: false };

it('rewrites prose over the limit', () => {
  expect(decide({ kind: 'narration', text: LONG }, settings)).toBe('rewrite');
  expect(decide({ kind: 'dialogue', text: LONG }, settings)).toBe('rewrite');
});

it('skips headings, notes, verse and unwanted dialogue over the limit, and says which', () => {
  for (const kind of ['heading', 'note', 'verse'] as const)
    expect(decide({ kind, text: LONG }, settings)).toEqual({ skip: kind });
  expect(decide({ kind: 'dialogue', text: LONG }, { ...settings, ignoreDialogue: true })).toEqual({ skip: 'dialogue' });
});

it('keeps whatever is at or under the limit', () => {
  const text = fc.array(fc.constantFrom('mot', '—', 'l’eau', '?'), { maxLength: 5 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.constantFrom(...TEXT_KINDS), fc.boolean(), (short, kind, ignoreDialogue) => {
      expect(decide({ kind, text: short }, { maxWords: 5, ignoreDialogue })).toBe('keep');
    }),
  );
});
