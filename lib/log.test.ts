import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** What a process of its own logs, line by line. */
async function logged(script: string): Promise<Record<string, unknown>[]> {
  const source = `import { log, noteInLog, withLogFacts } from './lib/log.ts'; ${script}`;
  const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', '--input-type=module', '-e', source], {
    env: { ...process.env, LOG_LEVEL: 'trace' },
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('every line says what it is about, also of what was learnt on the way and of what goes on later', async () => {
  const lines = await logged(`
    const answer = (requestId, userId) => withLogFacts({ requestId }, async () => {
      await Promise.resolve();
      noteInLog({ userId });
      log.info('request');
      withLogFacts({ jobId: 'j', chunk: 0 }, () => setTimeout(() => log.warn('chunk'), 10));
    });
    await Promise.all([answer('r1', 'u1'), answer('r2', 'u2')]);
    log.info('nobody');
  `);
  const about = lines.map(({ msg, requestId, userId, jobId, chunk }) => [msg, requestId, userId, jobId, chunk]);
  expect(about).toEqual([
    ['request', 'r1', 'u1', undefined, undefined],
    ['request', 'r2', 'u2', undefined, undefined],
    ['nobody', undefined, undefined, undefined, undefined],
    ['chunk', 'r1', 'u1', 'j', 0],
    ['chunk', 'r2', 'u2', 'j', 0],
  ]);
});

it('an error is written with its cause and place, and without the text that a failed query was about', async () => {
  const [line] = await logged(`
    import { DrizzleQueryError } from 'drizzle-orm';
    const refused = Object.assign(new Error('refused'), { name: 'PostgresError', code: '23514', detail: 'le volet bleu' });
    const failed = new DrizzleQueryError('insert', ['le volet bleu'], refused);
    log.error({ err: new Error('not stored', { cause: failed }) }, 'request failed');
  `);
  expect(line?.err).toMatchObject({
    message: 'not stored: refused',
    stack: expect.stringMatching(/at .*\n.*caused by/s),
  });
  expect(JSON.stringify(line)).not.toContain('volet');
});

it('a secret that comes along is not written', async () => {
  const [line] = await logged(
    `log.info({ password: 'p-1', user: { token: 't-1' }, headers: { cookie: 'c-1' } }, 'x');`,
  );
  expect(JSON.stringify(line)).not.toMatch(/p-1|t-1|c-1/);
});

it('what comes from outside is cut: a path, a message, and the message within a stack', async () => {
  const [line] = await logged(`
    const long = 'x'.repeat(60_000);
    const err = Object.assign(new Error(long, { cause: new Error(long) }), { said: long });
    log.error({ err, path: long, code: 'short' }, 'request');
  `);
  expect(line).toMatchObject({ code: 'short', msg: 'request', err: { type: 'Error' } });
  expect(JSON.stringify(line).length).toBeLessThan(15_000);
});
