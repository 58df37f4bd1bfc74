// Runs a TypeScript script on the project's own Node, installing first what package-lock.json asks for.
// Must run on the system's Node (20.9 or newer) before anything is installed: plain JavaScript, no packages.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_TO_INSTALL = [20, 9];
// The first of its line with the security fixes of October 2026: a brotli answer could write where it should not.
const NODE_TO_RUN = [24, 22, 1];
const NPM_CHECK_MS = 250;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// Where `exec` in package.json puts us in the place of npm's shell, npm itself is our parent.
const npm = process.env.npm_lifecycle_script?.includes('scripts/setup.mjs') ? process.ppid : undefined;

requireNode(NODE_TO_INSTALL, '');
await installWhenNeeded();
await runScript(process.argv.slice(2));

function requireNode(wanted, why) {
  const own = process.versions.node.split('.').map(Number);
  const differs = wanted.findIndex((part, index) => part !== own[index]);
  if (differs === -1 || own[differs] > wanted[differs]) return;
  stop(`Node ${wanted.join('.')} or newer is needed${why}; this is ${process.versions.node}.`);
}

/** The Node that came with the packages; where there is none for this kind of machine, the system's. */
function projectNode() {
  const kind = `${process.platform}-${process.arch}`;
  const shipped = join(root, 'node_modules', `node-${kind}`, 'bin', 'node');
  if (existsSync(shipped)) return shipped;
  requireNode(NODE_TO_RUN, ` (none came with the packages for ${kind})`);
  return process.execPath;
}

async function installWhenNeeded() {
  if (isInstalled()) return;
  process.stdout.write('Installing packages (npm ci), a minute or two …\n');
  const startedAt = Date.now();
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // The npm that started us, where there is one: another version would not know all of its settings.
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const code = own ? await run(process.execPath, [own, ...flags]) : await run('npm', flags);
  if (code !== 0 || !isInstalled()) stop('The packages could not be installed: npm ci failed.');
  process.stdout.write(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}

/** Compares what npm noted when it last finished an installation with what the lock file asks for. */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    if (path === '' || (optional && !found)) return true;
    return found?.version === version && found.integrity === integrity;
  });
}

async function runScript([script, ...args]) {
  if (script === undefined) stop('Usage: node scripts/setup.mjs <script.ts> [arguments]');
  process.exit(await run(projectNode(), ['--import', 'tsx', join(root, script), ...args]));
}

/** Resolves to the exit code. Signals are passed on, and a killed npm is as good as one. */
function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child directly; it decides when to end, we only wait for it.
  const passOn = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
  const watch = setInterval(() => {
    if (npm === undefined || process.ppid === npm) return;
    clearInterval(watch);
    passOn('SIGTERM');
  }, NPM_CHECK_MS);
  child.on('error', (error) => stop(`Could not start ${command}: ${error.message}`));
  return new Promise((done) => {
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, passOn);
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
