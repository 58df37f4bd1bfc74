import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findBudgetFaults } from './checks/budget';
import { listSourceFiles } from './checks/source-files';

// Size of files and functions, `any`, `!` and empty blocks are rules of biome.json.
const files = listSourceFiles('**/*.{ts,tsx,mjs}').map((path) => ({
  path,
  name: basename(path),
  text: readFileSync(path, 'utf8'),
}));
const faults = findBudgetFaults(files);
process.stdout.write(faults.map((fault) => `${fault}\n`).join(''));
process.exitCode = faults.length === 0 ? 0 : 1;
