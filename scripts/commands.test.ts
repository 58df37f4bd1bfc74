import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from '@/e2e/support/run-script';

const DATA_DIR = join(tmpdir(), `never-made-${process.pid}`);

async function run(script: string, args: string[], env: Record<string, string> = {}) {
  const keys = { INNGEST_SIGNING_KEY: '', INNGEST_EVENT_KEY: '' };
  const command = runScript(`scripts/${script}.ts`, args, { DATA_DIR, INIT_CWD: tmpdir(), ...keys, ...env });
  const code = await command.ended;
  return { code, said: command.said() };
}

test.each([
  ['engine', [], { INNGEST_SIGNING_KEY: 'no key' }, 'INNGEST_SIGNING_KEY must be a hexadecimal key'],
  ['engine', [], { INNGEST_SIGNING_KEY: 'abab' }, 'INNGEST_EVENT_KEY must be set'],
  ['engine', ['--dev'], { MAX_PAGES: 'many' }, 'MAX_PAGES must be a whole number of pages'],
  ['engine', ['--dev', '--retry-interval', '0'], {}, '--retry-interval takes a number of seconds'],
  ['novel', ['missing.pdf'], {}, 'missing.pdf cannot be read'],
  ['novel', [join(process.cwd(), 'package.json')], { MAX_PAGES: 'many' }, 'MAX_PAGES must be a whole number of pages'],
])('%s %j with %j says what is wrong and stops', async (script, args, env, sentence) => {
  const { code, said } = await run(script, args, env);
  expect(code).toBe(1);
  expect(said).toContain(sentence);
  expect(said).not.toContain('    at ');
  expect(existsSync(DATA_DIR)).toBe(false);
});

test('the doctor goes through every part, whatever is wrong with the configuration', async () => {
  const { code, said } = await run('doctor', [], { MAX_PAGES: 'many', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(said).toMatch(/^BAD {3}configuration .*LOG_LEVEL must be one of .*MAX_PAGES must be/m);
  expect(said).toMatch(/parts keep it from running\n$/);
});
