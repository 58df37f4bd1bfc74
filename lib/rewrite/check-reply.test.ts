import { describe, expect, it } from 'vitest';
import { checkRewrite } from './check-reply';
import type { LongSentence, SentenceFlag } from './engine';

const settings = { maxWords: 8 };
const sentence = (text: string): LongSentence => ({ position: 0, kind: 'narration', text });
const ORIGINAL = 'Le facteur ouvrit ses 3 sacs devant Lucie et ne trouva pas la lettre.';

describe('checkRewrite', () => {
  it('finds nothing wrong with a faithful rewrite', () => {
    const rewrites = ['Le facteur ouvrit ses 3 sacs devant Lucie.', 'Il ne trouva pas la lettre.'];
    expect(checkRewrite(sentence(ORIGINAL), rewrites, settings)).toEqual([]);
  });

  it.each<[SentenceFlag, string[]]>([
    ['over_limit', [ORIGINAL]],
    [
      'no_finite_verb',
      ['Le facteur ouvrit ses 3 sacs.', 'Devant Lucie, lettre pas trouvée, ne trouva.', 'Sans la lettre.'],
    ],
    ['no_finite_verb', ['Le facteur ouvrit ses 3 sacs.', 'Parce que Lucie ne trouva pas la lettre.']],
    ['bad_capital_or_mark', ['le facteur ouvrit ses 3 sacs devant Lucie.', 'Il ne trouva pas la lettre.']],
    ['bad_capital_or_mark', ['Le facteur ouvrit ses 3 sacs devant Lucie', 'Il ne trouva pas la lettre.']],
    ['not_french', ['The postman opened 3 bags before Lucie.', 'He did not find the letter.']],
    ['name_missing', ['Le facteur ouvrit ses 3 sacs.', 'Il ne trouva pas la lettre.']],
    ['number_missing', ['Le facteur ouvrit ses sacs devant Lucie.', 'Il ne trouva pas la lettre.']],
    ['negation_missing', ['Le facteur ouvrit ses 3 sacs devant Lucie.', 'Il trouva la lettre.']],
    ['content_missing', ['Il ouvrit 3 boîtes devant Lucie.', 'Il ne trouva pas.']],
    ['name_added', ['Le facteur ouvrit ses 3 sacs devant Lucie.', 'Marcel ne trouva pas la lettre.']],
    [
      'copy_of_neighbour',
      ['Le facteur ouvrit ses 3 sacs devant Lucie.', 'Il ne trouva pas la lettre.', 'Il ne trouva pas la lettre.'],
    ],
  ])('names %s', (flag, rewrites) => {
    expect(checkRewrite(sentence(ORIGINAL), rewrites, settings)).toContain(flag);
  });

  it('names a rewrite that repeats a neighbour', () => {
    const rewrites = ['Le facteur ouvrit ses 3 sacs devant Lucie.', 'Il ne trouva pas la lettre.'];
    expect(checkRewrite(sentence(ORIGINAL), rewrites, settings, ['Il ne trouva pas la lettre.'])).toEqual([
      'copy_of_neighbour',
    ]);
  });

  it('labels the author’s nominal sentence instead of asking it for a verb', () => {
    const text = 'Un long couloir blanc, deux lampes, une porte au fond de tout cela.';
    expect(checkRewrite(sentence(text), [text], settings)).toEqual(['over_limit', 'nominal']);
  });

  it('lets an open end stay open', () => {
    const text = 'Alors le maire monta sur la chaise et cria :';
    expect(checkRewrite(sentence(text), ['Alors le maire monta sur la chaise.', 'Il cria :'], settings)).toEqual([]);
  });
});
