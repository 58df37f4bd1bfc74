import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addUp, runCheck } from './checks/check';
import { listChecks } from './checks/list-checks';

const reports = mkdtempSync(join(tmpdir(), 'novel-verify-'));
const startedAt = Date.now();
const { failed } = addUp(await Promise.all(listChecks(reports).map((check) => runCheck(check))));
rmSync(reports, { recursive: true });
process.stdout.write(
  `\n${failed === 0 ? 'All well' : 'Not well'} after ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
