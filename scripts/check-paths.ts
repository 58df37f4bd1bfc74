import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { findCitedPaths } from './checks/cited-paths';
import { listSourceFiles } from './checks/source-files';

const faults = listSourceFiles('**/*.md').flatMap((document) => {
  const { fromRoot, fromHere } = findCitedPaths(readFileSync(document, 'utf8'));
  const paths = [...fromRoot, ...fromHere.map((path) => normalize(join(dirname(document), path)))];
  return paths
    .filter((path) => !existsSync(path) && globSync(path).length === 0)
    .map((path) => `${document}: ${path} does not exist\n`);
});
process.stdout.write(faults.join(''));
process.exitCode = faults.length === 0 ? 0 : 1;
