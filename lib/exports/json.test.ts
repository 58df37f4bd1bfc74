import { expect, it } from 'vitest';
import { exportJson } from './json';
import { SAMPLE_ROWS } from './sample-rows';

async function jsonOf(...input: Parameters<typeof exportJson>): Promise<unknown> {
  let text = '';
  for await (const part of exportJson(...input)) text += part;
  return JSON.parse(text);
}

it('writes the novel, the settings and every sentence as they are', async () => {
  const head = { novel: { title: 'Le « Phare »' }, settings: { sentence_length_limit: 8 } };
  expect(await jsonOf(head, SAMPLE_ROWS)).toEqual({ ...head, sentences: SAMPLE_ROWS });
});

it('is valid without settings and without sentences', async () => {
  expect(await jsonOf({ novel: { title: '' } }, [])).toEqual({ novel: { title: '' }, sentences: [] });
});
