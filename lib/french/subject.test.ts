import { expect, it } from 'vitest';
import { findVerbs } from './clauses';
import { genderOf } from './gender';
import { imperfectOf } from './imperfect';
import { subjectOf } from './subject';
import { tagWords } from './tag-words';
import { PERSON, verbForm } from './verb-lexicon';

it.each([
  ['Il marche.', 'il', 'il'],
  ['J’arrive.', 'je', 'je'],
  ['La vieille horloge sonna.', 'elle', 'il'],
  ['Les murailles tremblaient.', 'elles', 'ils'],
  ['Les gens dansaient.', 'les gens', 'ils'],
  ['Suzanne rit.', 'Suzanne', 'il'],
  ['Paul et Marie dansaient.', 'Paul et Marie', 'ils'],
  ['Le vieux et la vieille dansaient.', 'ils', 'ils'],
  ['Tous deux, dans la cour, dansaient.', 'ils', 'ils'],
  ['Celle-ci dansait.', 'elle', 'il'],
  ['Le soir, M. Hardouin dormait.', 'il', 'il'],
] as const)('finds who acts in « %s »', (text, subject, person) => {
  const words = tagWords(text);
  const [verb] = findVerbs(words);
  expect(verb && subjectOf(words, verb, 0)).toMatchObject({ text: subject, person: PERSON[person] });
});

it.each(['Le pain et la soupe chaude et Lise attendaient.', 'Dans la cour dansaient des feuilles.'])(
  'does not guess in « %s »',
  (text) => {
    const words = tagWords(text);
    const [verb] = findVerbs(words);
    expect(verb && subjectOf(words, verb, 0)).toBeUndefined();
  },
);

it('tells the gender from the determiner first, then from the noun, and says when it cannot', () => {
  expect(genderOf('la', 'mystère')).toBe('feminine');
  expect(genderOf('les', 'maisons')).toBe('feminine');
  expect(genderOf("l'", 'escalier')).toBe('masculine');
  expect(genderOf('les', 'gens')).toBeUndefined();
});

it('conjugates from the present participle', () => {
  for (const [participle, person, form] of [
    ['criant', PERSON.il, 'criait'],
    ['mangeant', PERSON.nous, 'mangions'],
    ['lançant', PERSON.ils, 'lançaient'],
    ['étant', PERSON.je, 'étais'],
  ] as const) {
    expect(imperfectOf(participle, person)).toBe(form);
    expect(verbForm(form)?.persons ?? 0).toBeGreaterThan(0);
  }
});
