import { describe, expect, it } from 'vitest';
import { hasFiniteVerb } from './finite-verb';

describe('hasFiniteVerb', () => {
  it.each([
    'La porte grince.',
    'Il la porte sur son dos.',
    'Jean marche vers le quai.',
    'Quel est ce bruit ?',
    'Ferme la fenêtre !',
    '— Puis-je entrer ?',
    'Voilà notre maison.',
    'Le maire dit que tout va bien.',
    'Tous deux sont partis avant l’aube.',
    '« Courage ! » dit Marthe.',
    'Qui frappe ?',
    'COMMENT LE NAVIRE SOMBRA',
    'Chaque pierre reste froide.',
    'Ne bouge pas.',
  ])('finds the verb of « %s »', (sentence) => {
    expect(hasFiniteVerb(sentence)).toBe(true);
  });

  it.each([
    'La porte du fond.',
    'Un long silence, puis la marche vers le port.',
    'Maintenant ou jamais.',
    'Le livre ouvert sur la table.',
    'Partir sans un mot.',
    'En passant devant la forge.',
    'À l’est, la montagne.',
    'Une voix dans l’ombre.',
    'Affaire du moulin.',
    'Au relais, à trois cents mètres de la gare.',
    'Bonne nuit, Jeanne.',
    'Assise près du feu, les mains jointes.',
  ])('finds none in « %s »', (sentence) => {
    expect(hasFiniteVerb(sentence)).toBe(false);
  });
});
