import { describe, expect, it } from 'vitest';
import { inkable } from './inkable';

const latin = (character: string) => /[ -~À-ÿœŒ’…«»—–\u00a0]/u.test(character);

describe('inkable', () => {
  it.each([
    ['l’œuvre\u00a0: « ça »', 'l’œuvre\u00a0: « ça »'],
    ['e\u0301te\u0301', 'été'],
    ['con\u00adju\u200bguer\u0007', 'conjuguer'],
    ['ﬁn, oﬃce', 'fin, office'],
    ['Wałęsa, ẃ', 'Wa?esa, w'],
    ['peut\u2011être', 'peut-être'],
    ['مرحبا بالعالم', '? ?'],
    ['bravo 👩‍👩‍👧😀\u{fe0f}!', 'bravo ?!'],
  ])('turns %j into %j', (text, drawn) => {
    expect(inkable(text, latin)).toBe(drawn);
  });
});
