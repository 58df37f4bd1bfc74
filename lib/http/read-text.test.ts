import { expect, it } from 'vitest';
import { readText } from './read-text';

const LIMIT = 1024;
const sent = (body: BodyInit | null, headers: Record<string, string> = {}) => {
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://localhost', init);
};

it('gives back as much as is allowed, to the byte', async () => {
  const text = 'é'.repeat(LIMIT / 2);
  expect(await readText(sent(text), LIMIT)).toBe(text);
  await expect(readText(sent(`${text}.`), LIMIT)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  expect(await readText(sent(null), LIMIT)).toBe('');
});

it('reads nothing of a body that says it is too long', async () => {
  const request = sent('short', { 'content-length': String(LIMIT + 1) });
  await expect(readText(request, LIMIT)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  expect(request.bodyUsed).toBe(false);
});

it('lets go of one without end at the first byte too many', async () => {
  let given = 0;
  const ended = Promise.withResolvers<void>();
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1;
      controller.enqueue(new Uint8Array(LIMIT / 2));
    },
    cancel: () => ended.resolve(),
  });
  await expect(readText(sent(endless), LIMIT)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  await ended.promise;
  expect(given).toBeLessThan(10);
});
