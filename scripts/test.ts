import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, runCheck, sumUp } from './checks/check';
import { listChecks } from './checks/list-checks';
import { storyRun, vitestRun } from './checks/test-runs';
import { buildApp } from './start/build-app';

const reports = mkdtempSync(join(tmpdir(), 'novel-tests-'));
const counts: Counts[] = await Promise.all(listChecks(reports).map((check) => runCheck(check)));
counts.push(await runCheck(vitestRun('db', reports)));
counts.push(await build());
counts.push(await runCheck(storyRun(reports)));
rmSync(reports, { recursive: true });

const { line, exitCode } = sumUp(counts);
process.stdout.write(`\n${line}\n`);
process.exitCode = exitCode;

async function build(): Promise<Counts> {
  try {
    await buildApp().done;
    process.stdout.write('ok    build\n');
    return { passed: 1, failed: 0 };
  } catch (error) {
    process.stdout.write(`FAIL  build\n${String(error).replaceAll(/^/gm, '      ')}\n`);
    return { passed: 0, failed: 1 };
  }
}
