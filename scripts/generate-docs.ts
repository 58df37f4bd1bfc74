import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readApiDocument } from '@/lib/http/testing/api-document';
import { formatApiTypes } from './checks/api-types';
import { formatEnvExample, formatEnvTable, replaceBetween } from './checks/env-docs';

const START = '<!-- configuration: made by scripts/generate-docs.ts -->';
const END = '<!-- end of configuration -->';

const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const documents = [
  { path: '.env.example', text: formatEnvExample() },
  { path: 'README.md', text: replaceBetween(read('README.md'), START, END, formatEnvTable()) },
  { path: 'lib/client/generated/api.ts', text: formatApiTypes(readApiDocument()) },
];

for (const { path, text } of documents) {
  if (text === undefined) {
    process.stdout.write(`${path} lacks the lines "${START}" and "${END}"\n`);
    process.exitCode = 1;
  } else if (text !== read(path)) {
    if (process.argv.includes('--check')) {
      process.stdout.write(`${path} is out of date: node_modules/.bin/node --import tsx scripts/generate-docs.ts\n`);
      process.exitCode = 1;
    } else {
      writeFileSync(path, text);
    }
  }
}
