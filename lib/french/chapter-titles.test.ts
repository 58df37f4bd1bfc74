import { describe, expect, it } from 'vitest';
import { isBareDivision, isChapterNumber, isDivision, tellsOfChapter } from './chapter-titles';

describe('isBareDivision', () => {
  it('knows numbers and the names of parts, alone on their line', () => {
    const names = [
      'XII',
      '3.',
      'Chapitre premier',
      'CHAPITRE II',
      'Deuxième partie',
      'LIVRE TROISIÈME',
      'Épilogue',
      'IIe partie',
    ];
    expect(names.filter((name) => !isBareDivision(name))).toEqual([]);
  });

  it('takes no sentence, and nothing that only begins so, for one', () => {
    const others = [
      'Chapitre II — Le phare',
      'Préface d’Anne Morel',
      'mi',
      'Partie sans lui',
      'Livre de bord',
      'Dix heures.',
    ];
    expect(others.filter(isBareDivision)).toEqual([]);
  });
});

describe('isDivision', () => {
  it('lets a title follow behind a sign', () => {
    expect(
      ['Chapitre II — Le phare', 'Troisième partie : la mer', 'Épilogue'].filter((text) => !isDivision(text)),
    ).toEqual([]);
    expect(['Préface d’Anne Morel', 'Première nuit sans vent', 'Le phare'].filter(isDivision)).toEqual([]);
  });
});

describe('isChapterNumber', () => {
  it('wants capitals or figures', () => {
    expect(['IV', '12', 'XL.'].map(isChapterNumber)).toEqual([true, true, true]);
    expect(['vil', 'Il', '1880'].map(isChapterNumber)).toEqual([false, false, false]);
  });
});

describe('tellsOfChapter', () => {
  it('knows the titles that say what a chapter holds', () => {
    const titles = [
      'Où le gardien revoit la mer.',
      'Dans lequel on part.',
      'Pendant laquelle rien ne bouge.',
      'Comment il revint.',
    ];
    expect(titles.filter((title) => !tellsOfChapter(title))).toEqual([]);
    expect(
      ['Où qu’il allât, elle suivait.', 'Comment dormir ?', 'Dans le port, il attendait.'].filter(tellsOfChapter),
    ).toEqual([]);
  });
});
