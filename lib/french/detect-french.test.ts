import { describe, expect, it } from 'vitest';
import { isFrench } from './detect-french';

const repeat = (text: string) => `${text} `.repeat(3);

describe('isFrench', () => {
  it('knows French prose, narrated or spoken', () => {
    expect(isFrench(repeat('La pluie tombait sur le port et les pêcheurs rentraient un à un, sans se parler.'))).toBe(
      true,
    );
    expect(
      isFrench(repeat('— Viens-tu ? demanda-t-elle. Il est tard, et je ne veux pas rentrer seule dans la nuit.')),
    ).toBe(true);
  });

  it.each([
    ['Italian', 'La pioggia cadeva sul porto e i pescatori tornavano uno dopo l’altro, senza parlarsi mai per strada.'],
    ['Spanish', 'La lluvia caía sobre el puerto y los pescadores volvían uno tras otro, sin hablarse por el camino.'],
    ['English', 'Rain was falling on the harbour and the fishermen came home one by one without a word to each other.'],
    [
      'Latin',
      'Pluvia in portum cadebat et piscatores singuli domum redibant, nec quisquam verbum ullum dicebat alteri.',
    ],
  ])('does not take %s for French', (_, text) => {
    expect(isFrench(repeat(text))).toBe(false);
  });

  it('does not judge a few words', () => {
    expect(isFrench('Chapitre premier')).toBeUndefined();
  });
});
