import { existsSync } from 'node:fs';
import { examine, PARTS } from './doctor/parts';

if (existsSync('.env')) process.loadEnvFile('.env');

let unfit = 0;
for (const part of PARTS) {
  const { verdict, detail } = await examine(part);
  if (verdict === 'bad') unfit += 1;
  const mark = { ok: 'ok  ', note: 'note', bad: 'BAD ' }[verdict];
  process.stdout.write(`${mark}  ${part.name.padEnd(16)} ${detail}\n`);
}
process.stdout.write(unfit === 0 ? '\nFit to run\n' : `\n${unfit} of ${PARTS.length} parts keep it from running\n`);
process.exitCode = unfit === 0 ? 0 : 1;
