import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherHyphenEvidence, joinLines } from './line-end-hyphens';
import type { TextLine } from './novel-text';

const line = (text: string): TextLine => ({ text, left: 0, right: 100, top: 0, bottom: 10, fontSize: 10 });

/** Joins two lines of a novel that has the other lines too. */
function join(before: string, after: string, novel: string[] = []) {
  return joinLines(before, after, gatherHyphenEvidence([before, after, ...novel].map(line))).text;
}

describe('joinLines', () => {
  it.each([
    ['il se mit à re-', 'tourner la terre', 'il se mit à retourner la terre'],
    ['une peut-ê-', 'tre', 'une peut-être'],
    ['il fallait l’entre-', 'tien', 'il fallait l’entretien'],
    ['venu d’Aujour-', 'd’hui', 'venu d’Aujourd’hui'],
    ['le TROI-', 'SIÈME', 'le TROISIÈME'],
    ['la petite Ara-', 'belle', 'la petite Arabelle'],
    ['comme si quel-', 'qu’un', 'comme si quelqu’un'],
    ['parla goudronneuse-', 'ment', 'parla goudronneusement'],
    ['au-des-', 'sus', 'au-dessus'],
    ['chez Jean-Clau-', 'de', 'chez Jean-Claude'],
    ['chez Mar-', 'les', 'chez Marles'],
    ['les coo-', 'kies', 'les cookies'],
  ])('undoes the hyphen of « %s » « %s »', (before, after, joined) => {
    expect(join(before, after)).toBe(joined);
  });

  it.each([
    ['comment cela se passe-t-', 'il ?', 'comment cela se passe-t-il ?'],
    ['qui sait, pensa-t-', 'elle, si', 'qui sait, pensa-t-elle, si'],
    ['Avez-', 'vous vu', 'Avez-vous vu'],
    ['c’est-à-', 'dire', 'c’est-à-dire'],
    ['un chef-', 'd’œuvre', 'un chef-d’œuvre'],
    ['à Saint-', 'Germain', 'à Saint-Germain'],
    ['cette porte-', 'là', 'cette porte-là'],
    ['les co-', 'intéressés', 'les co-intéressés'],
    ['la grand-', 'mère', 'la grand-mère'],
    ['vers Roche-', 'sur-Mer', 'vers Roche-sur-Mer'],
    ['rue Porte-', 'd’Argent', 'rue Porte-d’Argent'],
    ['un pot-de-', 'vin', 'un pot-de-vin'],
    ['le dining-', 'office', 'le dining-office'],
    ['deux lobsters-', 'rooms', 'deux lobsters-rooms'],
  ])('keeps the hyphen of « %s » « %s »', (before, after, joined) => {
    expect(join(before, after)).toBe(joined);
  });

  it('follows the novel’s own spelling before the dictionary', () => {
    expect(join('un contre-', 'coup', ['le long contre-coup vint', 'un contre-coup fatal'])).toBe('un contre-coup');
    expect(join('chez Ber-', 'thulin', ['chez monsieur Berthulin hier'])).toBe('chez Berthulin');
  });

  it('trusts a novel that marks its soft hyphens by a sign of their own', () => {
    const marked = ['un gar‐', 'dien', 'de lan‐', 'terne', 'au vil‐', 'lage'];
    expect(join('la pluie por-', 'tes', marked)).toBe('la pluie por-tes');
    expect(join('un zyl‐', 'bo', marked)).toBe('un zylbo');
    expect(join('un zyl\u00ad', 'bo')).toBe('un zylbo');
  });

  it('takes every hyphen for the author’s in a novel that breaks no word', () => {
    const broken = Array.from({ length: 120 }, (_, index) => (index % 9 ? 'la mer montait' : 'la nuit retom-'));
    const unbroken = broken.map((text) => text.replace('retom-', 'vint'));
    expect(join('un contre-', 'maître', unbroken)).toBe('un contre-maître');
    expect(
      join(
        'un contre-',
        'maître',
        broken.flatMap((text) => (text.endsWith('-') ? [text, 'bait'] : text)),
      ),
    ).toBe('un contremaître');
  });

  it('finds the words that a novel breaks without a sign', () => {
    const broken = [
      'le gar',
      'dien du pha',
      're mon',
      'tait cha',
      'que ma',
      'tin net',
      'toyer la lan',
      'terne puis redes',
      'cendait',
    ];
    const evidence = gatherHyphenEvidence(broken.map(line));
    expect(evidence.losesHyphens).toBe(true);
    expect(joinLines('toyer la lan', 'terne puis', evidence).text).toBe('toyer la lanterne puis');
    expect(joinLines('du soir', 'la mer', evidence).text).toBe('du soir la mer');
    expect(gatherHyphenEvidence([line('le phare du'), line('port était seul')]).losesHyphens).toBe(false);
  });

  it('sets the space that French typography asks for at the break', () => {
    expect(join('Quoi', '? dit-il')).toBe('Quoi\u202f? dit-il');
    expect(join('il dit', ': non')).toBe('il dit\u00a0: non');
    expect(join('il dit «', 'non')).toBe('il dit «\u00a0non');
    expect(join('Quoi\u202f!', '… Lui ?')).toBe('Quoi\u202f!… Lui ?');
  });

  it('says where the second line begins, and loses no letter', () => {
    const words = fc.stringMatching(/^[a-zé’]{1,8}( [a-zé’-]{1,8}){0,3}-?$/u);
    fc.assert(
      fc.property(words, words, (before, after) => {
        const { text, offset } = joinLines(before, after, gatherHyphenEvidence([line(before), line(after)]));
        expect(text.slice(offset)).toBe(after);
        expect(text.slice(0, offset).replace(/[ -]/gu, '')).toBe(before.replace(/[ -]/gu, ''));
      }),
    );
  });

  it('leaves every hyphen when there is no evidence to go by', () => {
    expect(joinLines('re-', 'tourner', undefined).text).toBe('re-tourner');
  });
});
