import { expect, it } from 'vitest';
import { rewriteOffline } from './rewrite-offline';

function rewrite(text: string): readonly string[] {
  const rewriting = rewriteOffline({ position: 0, kind: 'narration', text }, { maxWords: 8, minWords: 2 });
  return rewriting.status === 'rewritten' ? rewriting.rewrites : [text];
}

it.each([
  [
    'two who act',
    'Le meunier et sa fille rangèrent les sacs, puis fermèrent la grille.',
    ['Le meunier et sa fille rangèrent les sacs.', 'Puis ils fermèrent la grille.'],
  ],
  [
    '« celle-ci »',
    'Celle-ci ouvrit la fenêtre du grenier et appela les chiens.',
    ['Celle-ci ouvrit la fenêtre du grenier.', 'Elle appela les chiens.'],
  ],
  [
    '« tous deux »',
    'Tous deux, sous les saules, regardaient la rivière, jetaient des pierres dans l’eau.',
    ['Tous deux, sous les saules, regardaient la rivière.', 'Ils jetaient des pierres dans l’eau.'],
  ],
  [
    'a verb in the past after what a comma encloses',
    'Elle recula, toute pâle, heurta le banc et tomba dans l’herbe.',
    ['Elle recula, toute pâle.', 'Elle heurta le banc et tomba dans l’herbe.'],
  ],
  [
    'a reflexive verb and its object',
    'Le vieux se leva et prit son bâton derrière la porte.',
    ['Le vieux se leva.', 'Il prit son bâton derrière la porte.'],
  ],
  [
    'an object said with the second verb',
    'Le garçon prit la lampe et la posa sur la table.',
    ['Le garçon prit la lampe.', 'Il la posa sur la table.'],
  ],
  [
    'who speaks and what he does',
    '— Je ne veux plus de votre soupe, dit Paul, qui repoussait son assiette.',
    ['— Je ne veux plus de votre soupe, dit Paul.', 'Paul repoussait son assiette.'],
  ],
  [
    '« mais » after a dependent clause',
    'Je ne sais pas si la grange est fermée, mais le chien aboie toujours.',
    ['Je ne sais pas si la grange est fermée.', 'Mais le chien aboie toujours.'],
  ],
  [
    'the same pronoun after a clause with « que »',
    'Elle sentit que le vent tournait, et elle rentra le linge.',
    ['Elle sentit que le vent tournait.', 'Elle rentra le linge.'],
  ],
  [
    'a verb that only the main subject agrees with',
    'Les volets battaient quand la tempête venait, et grinçaient jusqu’au matin.',
    ['Les volets battaient quand la tempête venait.', 'Ils grinçaient jusqu’au matin.'],
  ],
  [
    '« tantôt » after a semicolon',
    'Tantôt il chantait dans la cour ; tantôt il dormait sous le hangar.',
    ['Tantôt il chantait dans la cour.', 'Tantôt il dormait sous le hangar.'],
  ],
  [
    '« plus loin »',
    'Plus loin, la route se divise ; un sentier grimpe vers la chapelle.',
    ['Plus loin, la route se divise.', 'Un sentier grimpe vers la chapelle.'],
  ],
  [
    'gold',
    'Le soleil couchant semait partout sa poussière d’or ; et Lise fermait les yeux.',
    ['Le soleil couchant semait partout sa poussière d’or.', 'Lise fermait les yeux.'],
  ],
  [
    'a question after a semicolon',
    'Je comprends bien votre colère ; mais pourquoi frappez-vous ce pauvre chien ?',
    ['Je comprends bien votre colère.', 'Mais pourquoi frappez-vous ce pauvre chien ?'],
  ],
  [
    'an order after a request',
    'Je t’en prie, pas de colère ; évite sa porte autant que possible.',
    ['Je t’en prie, pas de colère.', 'Évite sa porte autant que possible.'],
  ],
  [
    '« faut »',
    'Faut pas parler de la guerre devant le vieux ; il se fâche.',
    ['Faut pas parler de la guerre devant le vieux.', 'Il se fâche.'],
  ],
  [
    '« la veuve »',
    'On envoya la servante chez la veuve Lambert, qui gardait les clefs.',
    ['On envoya la servante chez la veuve Lambert.', 'Celle-ci gardait les clefs.'],
  ],
  [
    'a second infinitive',
    'Je veux être soldat et ne pas servir de maître, je pars demain.',
    ['Je veux être soldat.', 'Je veux ne pas servir de maître.', 'Je pars demain.'],
  ],
])('splits at %s', (_, text, sentences) => {
  expect(rewrite(text)).toEqual(sentences);
});

it.each([
  ['a noun before the true subject', 'Le gardien n’était pas un voleur, mais un enfant, son âge l’excusait.'],
  ['what is said after « en disant »', 'Il nous a quittés en disant : le moulin est vendu.'],
  ['an interjection', 'Vous prenez tout le blé, et allez donc ! sans rien payer.'],
  ['another time', 'Je choisirais de partir pendant que la route est encore libre.'],
  [
    'who may be meant before a pair of commas',
    'Les cris ne cessaient plus, ces femmes, fatiguées, pleuraient sur le quai.',
  ],
  ['a verb after a quotation', 'Elle dit : « Mon Dieu ! » poussa un soupir et s’évanouit.'],
  ['coming and going', 'La jeune fille, pieds nus, allait et venait dans la chambre.'],
  ['a chief and his men', 'Le dimanche on suivait les sonneurs, dont Mathieu était le chef.'],
  ['what somebody paid with', 'On lui reprochait les dîners, dont les patrons payaient son zèle.'],
  ['many who act', 'Des femmes, des vieillards, des enfants criaient, couraient vers le pont.'],
  ['speech that goes on after « qui »', '— Oui, tais-toi, dit Lise qui servait, puisque tu ne sais rien.'],
  ['an order with « et »', 'Cette robe sera trop belle pour la foire ; et regarde ! il pleut.'],
  ['« qu’il me répond »', 'Je vends des têtes de choux, mon brave homme, qu’il me répond alors.'],
  ['a condition after a relative clause', 'Lise n’eût jamais vendu la vigne, qu’elle aimait, si le curé avait parlé.'],
  ['a supposition', 'Il sera sorti pendant que tu dormais dans l’autre chambre.'],
  ['a noun taken up', '— Luc n’est pas mon maître, reprit-elle, mon maître, je ne le connais pas.'],
])('stays whole: %s', (_, text) => {
  expect(rewrite(text)).toEqual([text]);
});

it.each([
  ['« tout à coup »', 'Elle posa la lampe sur le banc et tout à coup pleura.', /Tout à coup pleura/u],
  ['a second adjective', 'C’était un garçon leste et adroit de ses mains, sa réponse vint.', /^Adroit/u],
  [
    'a feminine apposition',
    'Elle portait une robe de chambre tout ouverte, qui laissait voir sa chemise.',
    /^Celui-ci/u,
  ],
])('never says what is wrong: %s', (_, text, wrong) => {
  expect(rewrite(text).filter((sentence) => wrong.test(sentence))).toEqual([]);
});
