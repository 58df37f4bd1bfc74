import { describe, expect, it } from 'vitest';
import { depths, findVerbs, isComplete, standsAlone } from './clauses';
import { tagWords } from './tag-words';

const roles = (text: string) => {
  const words = tagWords(text);
  return findVerbs(words).map(({ at, role }) => `${words[at]?.form} ${role}`);
};

describe('findVerbs', () => {
  it.each([
    ['Le vent tomba et la mer se tut.', ['tomba main', 'tut main']],
    ['Quand le jour parut, elle se leva.', ['parut dependent', 'leva main']],
    ['L’homme qui criait partit.', ['criait dependent', 'partit main']],
    ['Il dit que le pont cède.', ['dit main', 'cède dependent']],
    ['Elle vit qu’il dormait et elle sortit.', ['vit main', 'dormait dependent', 'sortit open']],
    ['— Je viens, dit-il, et je reste.', ['viens main', 'dit incise', 'reste main']],
    ['— Je viens, répondit le vieux.', ['viens main', 'répondit incise']],
    ['Il est plus grand que son frère et marche vite.', ['est main', 'marche main']],
    ['Elle ne voit que la mer, puis elle rit.', ['voit main', 'rit main']],
    ['Quand viendra-t-elle ?', ['viendra main']],
    ['Il se demande quelle route ils ont prise.', ['demande main', 'ont dependent']],
    ['Le mot (il le sait) la blesse.', ['blesse main']],
    ['Le mot — il le sait — la blesse.', ['blesse main']],
    ['Si l’homme qui parle est là, je pars.', ['parle dependent', 'est dependent', 'pars main']],
    ['Il croit que si tu pars, il pleure.', ['croit main', 'pars dependent', 'pleure dependent']],
    ['Il comprit en même temps qu’égaré par la nuit, il tremblait.', ['comprit main', 'tremblait dependent']],
    ['Elle explique comment il ouvre la porte.', ['explique main', 'ouvre dependent']],
    ['— Oui, murmura lentement le vieux, je pars.', ['murmura incise', 'pars main']],
    ['Comme le domestique rentrait, il se tut.', ['rentrait dependent', 'tut main']],
    ['De grosses sommes furent perdues.', ['furent main']],
    ['Le frère ayant fait la soupe, elle sort.', ['sort main']],
    ['Elle viendra, Quand il voudra.', ['viendra main', 'voudra dependent']],
  ])('tells what stands on its own in « %s »', (text, expected) => {
    expect(roles(text)).toEqual(expected);
  });

  it('counts the pronouns before a verb as part of it', () => {
    const words = tagWords('Alors il ne le lui donna pas.');
    expect(findVerbs(words)).toEqual([{ at: 5, from: 1, role: 'main' }]);
  });
});

it('does not count a quotation that is the whole sentence as one inside it', () => {
  expect(Math.max(...depths(tagWords('« Je viens. »')))).toBe(0);
  expect(Math.max(...depths(tagWords('Il cria : « Je viens. »')))).toBe(1);
});

it.each(['Parce qu’il pleut.', 'Qui dormait encore.', 'Une porte au fond.', 'Lorsque la cloche sonna.'])(
  'does not let « %s » stand alone',
  (text) => {
    expect(standsAlone(tagWords(text))).toBe(false);
  },
);

it.each([
  'Il savait que',
  'La nuit vint et, au milieu des cris',
  'Il y a quelques années',
  'Celle-ci passa comme un éclair, et qui revint',
  'Qui avançait, on la sentait',
  'Elle prit la lampe et dont il rêvait',
])('sees that « %s » leaves something out', (text) => {
  const words = tagWords(text);
  expect(isComplete(words, findVerbs(words))).toBe(false);
});
