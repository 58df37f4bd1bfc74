import { expect, test } from 'vitest';
import { type Check, runCheck, sumUp } from './check';

const node = (script: string, count?: Check['count']): Check => ({ name: 'part', args: ['-e', script], count });
const reports = (passed: number, failed: number) => async () => ({ passed, failed });

async function run(...checks: Check[]) {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const counts = [];
  for (const check of checks) counts.push(await runCheck(check, write));
  const { line, exitCode } = sumUp(counts);
  return { text, line, exitCode };
}

test('parts that pass are a line each, and the sum says so', async () => {
  const { text, line, exitCode } = await run(node('console.log("much")'), node('', reports(41, 0)));
  expect(text.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^ok {4}part +\d+\.\d s$/),
    expect.stringMatching(/^ok {4}part +\d+\.\d s {2}41 passed$/),
  ]);
  expect({ line, exitCode }).toEqual({ line: '42 passed, 0 failed', exitCode: 0 });
});

test('a part that fails says what it had to say, set in: no line of it can be taken for the sum', async () => {
  const { text, line, exitCode } = await run(node('console.log("7 passed, 3 failed"); process.exit(1)', reports(7, 3)));
  expect(text).toMatch(/^FAIL {2}part .* 7 passed, 3 failed\n {6}7 passed, 3 failed\n$/);
  expect({ line, exitCode }).toEqual({ line: '7 passed, 3 failed', exitCode: 1 });
});

test.each([
  ['ends with another code', node('process.exit(2)'), '0 passed, 1 failed'],
  ['is killed', node('process.kill(process.pid, "SIGKILL")'), '0 passed, 1 failed'],
  ['counts no failure but ends with another code', node('process.exit(1)', reports(5, 0)), '5 passed, 1 failed'],
  ['ends well but counts a failure', node('', reports(5, 2)), '5 passed, 2 failed'],
  ['leaves no report', node('', () => Promise.reject(new Error('none'))), '0 passed, 1 failed'],
])('a part that %s has failed', async (_, check, sum) => {
  const { text, line, exitCode } = await run(check);
  expect(text).toMatch(/^FAIL {2}/);
  expect({ line, exitCode }).toEqual({ line: sum, exitCode: 1 });
});
