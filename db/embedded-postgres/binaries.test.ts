import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { findBinaries, openBinaries } from './binaries';

it('puts the programs once where anybody may run them and nobody else may change them', () => {
  const { postgres } = openBinaries();
  const folder = dirname(dirname(postgres));
  expect(openBinaries().postgres).toBe(postgres);
  expect(lstatSync(folder).mode & 0o777).toBe(0o755);
  const version = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' });
  expect(version(postgres)).toBe(version(findBinaries().postgres));
});
