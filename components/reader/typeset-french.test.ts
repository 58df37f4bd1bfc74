import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typesetFrench } from './typeset-french';

describe('French typesetting', () => {
  it.each([
    ["C'est lui ?", 'C’est lui\u202f?'],
    ['Il dit : « Viens ! »', 'Il dit\u00a0: «\u00a0Viens\u202f!\u00a0»'],
    ['— Non; attends...', '—\u00a0Non; attends…'],
    ['Il part ; elle reste.', 'Il part\u202f; elle reste.'],
  ])('sets %s', (typed, set) => {
    expect(typesetFrench(typed)).toBe(set);
  });

  it('changes nothing that is set already', () => {
    fc.assert(fc.property(fc.string(), (text) => typesetFrench(typesetFrench(text)) === typesetFrench(text)));
  });

  it('touches no letter', () => {
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => letters(typesetFrench(text)) === letters(text)));
  });
});
