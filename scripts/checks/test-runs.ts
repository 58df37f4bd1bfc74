import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check, Counts } from './check';

const VitestReport = z.object({ numPassedTests: z.number(), numTotalTests: z.number() });
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** The tests of one project of vitest.config.ts. */
export function vitestRun(project: string, reportFolder: string): Check {
  const report = join(reportFolder, `vitest-${project}.json`);
  const count = async (): Promise<Counts> => {
    const { numPassedTests, numTotalTests } = VitestReport.parse(await readJson(report));
    // A test that was not run has not passed.
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
  };
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: `tests: ${project}`,
    args: ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters],
    count,
  };
}

/** The stories, in a real Chromium. */
export function storyRun(reportFolder: string): Check {
  const report = join(reportFolder, 'stories.json');
  const count = async (): Promise<Counts> => {
    const { stats } = PlaywrightReport.parse(await readJson(report));
    // A story that passed only at the second attempt has not passed.
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
  };
  return {
    name: 'tests: stories',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count,
  };
}
