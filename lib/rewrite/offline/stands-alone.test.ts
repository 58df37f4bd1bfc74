import { expect, it } from 'vitest';
import { toClause } from './clause';
import { bothStand } from './stands-alone';

const standsAfter = (text: string) => bothStand(toClause('Il dormait'), toClause(text));
const standsBefore = (text: string) => bothStand(toClause(text), toClause('il dormait'));

it.each([
  'Si bien que le toit tomba',
  'Tandis que les garçons couraient',
  'Tant il avait couru',
  'Tellement elle tremblait',
  'Dont il ferma la porte',
  'De moqueur quand le maître venait',
  'Se battre, il y songeait',
  'L’entraînant, le poussant, lui parla de la guerre',
  'Offrant son bras à la femme du notaire, l’introduisit',
  'Mais, comme Paul ne parlait plus, ne bougeait plus',
  'Le père Hubert, patron de ce bateau construit avec l’argent du baron',
  'Trois chèvres qui tournèrent la tête',
  'Chauffée au gaz, car la cave en était pleine',
  'Les chevaux, et ils allèrent au pas',
  'Si vivre ainsi, c’est être libre',
  'Blondes comme des sacs de blé, criaient très fort',
  'Elle faut chanter',
  'Quatre cents francs et les mit dans sa poche',
  'Cette fois ne la lâcha plus',
  'Nous dormait dans la grange',
  'Quand même il le voudrait',
  'Les enfants criaient ; et l’arrivée du maire ayant surpris la place',
])('sees no sentence in « %s »', (text) => {
  expect(standsAfter(text)).toBe(false);
});

it.each([
  'Il resta là jusqu’au jour où',
  'Le vent soufflait si bien que le lingot',
  'Elle ne savait pas comment',
  'Je me suis dit',
  'Elle cherchait l’',
  'Il voulait que ses frères',
  'Il sortit de la ville et, après avoir longtemps couru vers le pont',
  'Quelques bons esprits — Paul en était',
  'Le ciel était noir, les filles',
])('sees that « %s » is not over', (text) => {
  expect(bothStand(toClause(text), toClause('les garçons riaient'))).toBe(false);
});

it.each([
  'Lise l’avait vu',
  'Le vieux, qui tremblait de froid, se leva',
  'Là dormaient les bêtes',
  'Puis vint le maire',
  'De grands oiseaux criaient',
  'Chaque notaire porte une peine',
  'Quand le soir vint, elle se leva',
  'Prends cette lampe',
  'Il faut partir',
  'Le plus petit riait',
  'Tous se turent',
  'Le maire et le curé dormaient',
  'Mangeant sa soupe, il baissait la tête',
  'Voici la maison',
])('sees a sentence in « %s »', (text) => {
  expect([standsBefore(text), standsAfter(text)]).toEqual([true, true]);
});

it.each([
  ['Elle avait des mots si doux', 'ses yeux étaient bleus, que tous se turent'],
  ['Elle ne tremblait de honte', 'elle ne rougissait, que surprise par son père'],
  ['La nuit tombait, et la tête basse', 'Paul marchait'],
  ['Elle eut beau se débattre', 'Paul la tenait'],
  ['Il s’amuse bien', 'notre ami ! c’est un farceur'],
  ['Il cassait les branches', 'ce qui gâtait peu le jardin ; on riait'],
  ['Il cria : « Venez', 'je vous attends »'],
  ['Le baron parla, sans bouger', '« Venez donc », et se remit à lire'],
])('sees that « %s » and « %s » belong together', (left, right) => {
  expect(bothStand(toClause(left), toClause(right))).toBe(false);
});
