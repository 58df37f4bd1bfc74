import { findFault, runGuide } from './support/run-guide';
import { expect, test } from './support/story';

test('the guide to the API does what it says, from an account to the deletion of a job', async ({ app }) => {
  const blocks = await runGuide('docs/api.md', app.url);
  for (const block of blocks) expect(findFault(block), `${block.script}\n${block.output}`).toBeUndefined();
  const showing = blocks.filter(({ shown }) => shown !== undefined);
  expect(showing.length).toBeGreaterThan(blocks.length / 2);
});
