import { globSync, readFileSync } from 'node:fs';

const NOT_OURS = /^(node_modules|\.next|\.data|\.git|dist|test-results|playwright-report)$/;

/** Files of the repository that match a pattern, without what is installed, built or generated. */
export function listSourceFiles(pattern: string): string[] {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean);
  return globSync(pattern, { exclude: (path) => path.split('/').some((part) => NOT_OURS.test(part)) })
    .filter((path) => !ignored.includes(path) && !path.startsWith('db/migrations/') && !path.includes('/generated/'))
    .sort();
}
