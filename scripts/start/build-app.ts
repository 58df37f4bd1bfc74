import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalGroup } from './process-group';

const MARKER = '.next/SOURCES_HASH';
const NEXT = 'node_modules/next/dist/bin/next';

/** Folders and files at the root that end up in the built app. */
const SOURCES = ['app', 'components', 'db', 'i18n', 'inngest', 'lib', 'messages', 'public', 'samples'];
const SOURCE_FILES =
  /^(next\.config\.ts|postcss\.config\.mjs|proxy\.ts|instrumentation.*\.ts|tsconfig\.json|package-lock\.json)$/;

export interface Build {
  done: Promise<void>;
  cancel(): void;
}

export function isBuilt(): boolean {
  return existsSync('.next/BUILD_ID') && existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hashSources();
}

/** Runs `next build`; its output is shown only when it fails. */
export function buildApp(): Build {
  const hash = hashSources();
  rmSync(MARKER, { force: true });
  const child = spawn(process.execPath, [NEXT, 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      output += String(part);
    });
  const done = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`The build failed:\n${output.trim()}`);
    writeFileSync(MARKER, hash);
  });
  const cancel = () => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  return { done, cancel };
}

function hashSources(): string {
  const roots = readdirSync('.').filter((name) => SOURCES.includes(name) || SOURCE_FILES.test(name));
  const hash = createHash('sha256');
  for (const path of roots.sort().flatMap(listFiles)) {
    if (path.includes('.test.')) continue;
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function listFiles(path: string): string[] {
  if (SOURCE_FILES.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
