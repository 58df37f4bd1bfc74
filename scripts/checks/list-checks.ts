import { createRequire } from 'node:module';
import type { Check } from './check';
import { vitestRun } from './test-runs';

const require = createRequire(import.meta.url);
const BIOME = require.resolve('@biomejs/biome/bin/biome');
const DEPENDENCY_CRUISER = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const TSX = require.resolve('tsx');

const script = (name: string, ...args: string[]) => ['--import', TSX, `scripts/${name}.ts`, ...args];
const FOLDERS = ['app', 'bench', 'components', 'db', 'e2e', 'i18n', 'inngest', 'lib', 'scripts'];
const PROMISES = ['--only=nursery/noFloatingPromises', '--only=nursery/noMisusedPromises'];

/** Everything that needs no service. */
export function listChecks(reportFolder: string): Check[] {
  return [
    { name: 'format and lint', args: [BIOME, 'check', '--error-on-warnings', '.'] },
    // Apart, because these rules need types and take long.
    { name: 'promises', args: [BIOME, 'lint', ...PROMISES, '.'] },
    { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', '.'] },
    {
      name: 'imports',
      args: [DEPENDENCY_CRUISER, '--config', '.dependency-cruiser.mjs', ...FOLDERS],
    },
    { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
    { name: 'budget', args: script('check-budget') },
    { name: 'paths in documents', args: script('check-paths') },
    { name: 'generated documents', args: script('generate-docs', '--check') },
    vitestRun('pure', reportFolder),
  ];
}
