import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { END_WITH_PARENT } from './keep-running';
import { type LockFile, takeLock } from './lock-file';
import { signalGroup } from './process-group';

const BUILD_ID = '.next/BUILD_ID';
const MARKER = '.next/SOURCES_HASH';
const LOCK = '.next.lock';
const LOOK_MS = 200;
const NEXT = 'node_modules/next/dist/bin/next';

/** Folders and files at the root that end up in the built app. */
const SOURCES = ['app', 'components', 'db', 'i18n', 'inngest', 'lib', 'messages', 'public', 'samples'];
const SOURCE_FILES =
  /^(next\.config\.ts|postcss\.config\.mjs|proxy\.ts|instrumentation.*\.ts|tsconfig\.json|package-lock\.json)$/;

export interface Build {
  done: Promise<void>;
  cancel(): void;
}

export function isBuilt(root = '.'): boolean {
  const marker = join(root, MARKER);
  return existsSync(join(root, BUILD_ID)) && existsSync(marker) && readFileSync(marker, 'utf8') === hashSources(root);
}

/** Builds what has changed. Somebody else who does so in this folder just now is waited for. */
export function buildApp(root = '.'): Build {
  let build: Build | undefined;
  let isCancelled = false;
  const goOn = () => {
    if (isCancelled) throw new Error('The build was broken off');
  };
  const inTurn = async () => {
    const lock = await takeTurn(join(root, LOCK), goOn);
    try {
      goOn();
      if (isBuilt(root)) return;
      build = runBuild(root);
      await build.done;
    } finally {
      lock.release();
    }
  };
  const cancel = () => {
    isCancelled = true;
    build?.cancel();
  };
  return { done: inTurn(), cancel };
}

async function takeTurn(path: string, goOn: () => void): Promise<LockFile> {
  for (;;) {
    const lock = await takeLock(path);
    if (!('holder' in lock)) return lock;
    await sleep(LOOK_MS);
    goOn();
  }
}

/** Runs `next build`; its output is shown only when it fails. */
function runBuild(root: string): Build {
  const hash = hashSources(root);
  rmSync(join(root, MARKER), { force: true });
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, NEXT, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ENDS_WITH_PARENT: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part) => {
      output += String(part);
    });
  const done = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`The build failed:\n${output.trim()}`);
    writeFileSync(join(root, MARKER), hash);
  });
  const cancel = () => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  return { done, cancel };
}

function hashSources(root: string): string {
  const tops = readdirSync(root).filter((name) => SOURCES.includes(name) || SOURCE_FILES.test(name));
  const hash = createHash('sha256');
  for (const path of tops.sort().flatMap((name) => listFiles(root, name))) {
    if (path.includes('.test.')) continue;
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(root: string, name: string): string[] {
  if (SOURCE_FILES.test(name)) return [name];
  return readdirSync(join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
