// Runs a TypeScript script on the project's own Node, installing first what package-lock.json asks for.
// Must run on the system's Node (20.9 or newer) before anything is installed: plain JavaScript, no packages.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = [20, 9];
const NPM_CHECK_MS = 250;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

// Where `exec` in package.json puts us in the place of npm's shell, npm itself is our parent.
const npm = process.env.npm_lifecycle_script?.includes('scripts/setup.mjs') ? process.ppid : undefined;

checkNode();
await installWhenNeeded();
await runScript(process.argv.slice(2));

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  stop(`Node ${MINIMUM_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
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
  if (!existsSync(note) || !existsSync(node)) return false;
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
  process.exit(await run(node, ['--import', 'tsx', join(root, script), ...args]));
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
