import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frenchTypography, withDialogueDash } from './typography';

const shown = (text: string) => frenchTypography(text).replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

describe('frenchTypography', () => {
  it.each([
    ['Quoi ? Non ! Si ;', 'Quoi_? Non_! Si_;'],
    ['Quoi? Non! Si;', 'Quoi_? Non_! Si_;'],
    ['Quoi ?! dit-il', 'Quoi_?! dit-il'],
    ['il dit : « non »', 'il dit~: «~non~»'],
    ['il dit: «non».', 'il dit~: «~non~».'],
    ['à 12:30, http://exemple', 'à 12:30, http://exemple'],
    ['Ah ! . . . dit-il...', 'Ah_!… dit-il…'],
    ["l'été d'Anne", 'l’été d’Anne'],
    ['≪ C’est moi ≫', '«~C’est moi~»'],
    ['la fin .', 'la fin.'],
  ])('sets « %s » as « %s »', (text, set) => {
    expect(shown(text)).toBe(set);
  });

  it('changes nothing the second time', () => {
    const text = fc.stringMatching(/^[a-zé «»;:!?.,’'…-]{0,30}$/u);
    fc.assert(
      fc.property(text, (raw) => {
        expect(frenchTypography(frenchTypography(raw))).toBe(frenchTypography(raw));
      }),
    );
  });
});

describe('withDialogueDash', () => {
  it('sets a no-break space behind the dash, and a dash for a hyphen', () => {
    expect(withDialogueDash('—Viens.')).toBe('—\u00a0Viens.');
    expect(withDialogueDash('– Viens.')).toBe('–\u00a0Viens.');
    expect(withDialogueDash('- Viens.')).toBe('—\u00a0Viens.');
    expect(withDialogueDash('Viens — vite.')).toBe('Viens — vite.');
  });
});
