import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const runFile = promisify(execFile);
const KIND = `${process.platform}-${process.arch}`;
let root: string;

/** A project that asks for no packages, and whose one script says which Node runs it. */
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'setup-'));
  await mkdir(path.join(root, 'node_modules/tsx'), { recursive: true });
  await writeFile(path.join(root, 'package-lock.json'), '{"packages":{}}');
  await writeFile(path.join(root, 'node_modules/.package-lock.json'), '{"packages":{}}');
  await writeFile(path.join(root, 'node_modules/tsx/package.json'), '{"name":"tsx","exports":"./none.mjs"}');
  await writeFile(path.join(root, 'node_modules/tsx/none.mjs'), '');
  await writeFile(path.join(root, 'which.ts'), 'console.log(process.execPath);');
  await cp(path.join(import.meta.dirname, 'setup.mjs'), path.join(root, 'scripts/setup.mjs'));
});

afterEach(() => rm(root, { recursive: true }));

async function setupOn(version = process.versions.node) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  const { stdout } = await runFile(process.execPath, [...flags, 'scripts/setup.mjs', 'which.ts'], { cwd: root });
  return stdout.trim();
}

describe('setup', () => {
  it('runs scripts on the Node that came with the packages, whatever the system’s', async () => {
    const shipped = path.join(root, `node_modules/node-${KIND}/bin/node`);
    await mkdir(path.dirname(shipped), { recursive: true });
    await writeFile(shipped, '#!/bin/sh\necho shipped\n', { mode: 0o755 });
    await expect(setupOn('20.9.0')).resolves.toBe('shipped');
  });

  it('runs them on the system’s where none came, if it has the security fixes', async () => {
    await expect(setupOn('24.22.1')).resolves.toBe(process.execPath);
    await expect(setupOn('26.0.0')).resolves.toBe(process.execPath);
    await expect(setupOn('24.21.9')).rejects.toThrow(
      `Node 24.22.1 or newer is needed (none came with the packages for ${KIND}); this is 24.21.9.`,
    );
  });

  it('says which Node it needs to install anything', async () => {
    await expect(setupOn('20.8.1')).rejects.toThrow('Node 20.9 or newer is needed; this is 20.8.1.');
  });
});
