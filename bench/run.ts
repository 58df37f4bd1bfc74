import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement';

const RESULTS = 'bench/results';
const NOT_BENCHES = ['run.ts', 'measurement.ts'];

const known = readdirSync('bench')
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !NOT_BENCHES.includes(name))
  .map((name) => name.slice(0, -'.ts'.length));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`No bench ${unknown.join(', ')}; there are: ${known.join(', ')}\n`);
  process.exitCode = 1;
} else {
  mkdirSync(RESULTS, { recursive: true });
  for (const name of wanted.length > 0 ? wanted : known) await runBench(name);
}

async function runBench(name: string): Promise<void> {
  process.stdout.write(`\n${name}\n`);
  const bench: { run(): Promise<Measurement[]> } = await import(`./${name}.ts`);
  const measurements = await bench.run();
  for (const { what, value, unit, goal } of measurements) {
    process.stdout.write(
      `  ${what.padEnd(56)} ${format(value).padStart(9)} ${unit.padEnd(6)} ${verdict(value, goal)}\n`,
    );
  }
  const result = { bench: name, at: new Date().toISOString(), commit: commit(), machine: machine(), measurements };
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

function verdict(value: number, goal: Measurement['goal']): string {
  if (goal === undefined) return '';
  const reached = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
  if (!reached) process.exitCode = 1;
  return `${reached ? 'ok' : 'MISSED'}  goal ${'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`}`;
}
function format(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(4)).toString();
}

function machine() {
  return { cores: cpus().length, cpu: cpus()[0]?.model, memoryMb: Math.round(totalmem() / 1e6) };
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}
