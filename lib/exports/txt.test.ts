import { expect, it } from 'vitest';
import { rowWith, SAMPLE_ROWS } from './sample-rows';
import { exportTxt } from './txt';

async function txtOf(...input: Parameters<typeof exportTxt>): Promise<string> {
  let text = '';
  for await (const part of exportTxt(...input)) text += part;
  return text;
}

it('keeps paragraphs together, sets headings apart and says what was not rewritten, with its pages', async () => {
  expect(await txtOf({ title: 'Le Phare' }, SAMPLE_ROWS)).toBe(
    [
      'Le Phare',
      '\nChapitre premier',
      'Il ouvrit la porte. Il sortit. La nuit tombait. Le vent tournait.',
      '[Pages 2 à 3\u00a0: ce passage n’a pas pu être réécrit. Voici le texte d’origine.]',
      'Elle lut la lettre, puis la brûla.',
      'Personne ne sut ce qu’elle disait.',
      '[Fin du texte d’origine.]',
      '—\u00a0Adieu\u202f! dit-il.',
      '',
    ].join('\n\n'),
  );
});

it('tells what failed from what was never tried', async () => {
  const rows = [
    rowWith({ position: 0, status: 'failed' }),
    rowWith({ position: 1, status: 'pending', page_start: 9, page_end: 9 }),
  ];
  const text = await txtOf({ title: 'T' }, rows);
  expect(text).toContain('[Page 1\u00a0: ce passage n’a pas pu être réécrit.');
  expect(text).toContain('[Page 9\u00a0: ce passage n’a pas été réécrit.');
});
