import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface GuideBlock {
  script: string;
  /** What the guide shows as its answer, where it shows one. */
  shown: { language: string; content: string } | undefined;
  output: string;
}

const BLOCK = /^```(sh|json|text)\n([\s\S]*?)^```/gm;
const ID = /\b[0-9a-z]{26}\b/g;
const MARK = '=== the next block ===';

/** Runs the shell blocks of a document one after another in one shell, against the app at `url`. */
export async function runGuide(path: string, url: string): Promise<GuideBlock[]> {
  const blocks: Omit<GuideBlock, 'output'>[] = [];
  for (const [, language = '', content = ''] of readFileSync(path, 'utf8').matchAll(BLOCK)) {
    const last = blocks.at(-1);
    if (language === 'sh') blocks.push({ script: content.replaceAll('http://localhost:3000', url), shown: undefined });
    else if (last) last.shown = { language, content };
  }
  const folder = mkdtempSync(join(tmpdir(), 'novel-guide-'));
  try {
    const script = blocks.map((block) => block.script.replaceAll('samples/', `${process.cwd()}/samples/`));
    const whole = ['set -euo pipefail', ...script].join(`\necho; echo '${MARK}'\n`);
    const { stdout } = await promisify(execFile)('bash', ['-c', whole], { cwd: folder, maxBuffer: 2 ** 24 });
    const outputs = stdout.split(`\n${MARK}\n`).slice(1);
    return blocks.map((block, i) => ({ ...block, output: outputs[i] ?? '' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Undefined where a block answered as the guide shows, else where it did not. */
export function findFault({ shown, output }: GuideBlock): string | undefined {
  if (!shown) return undefined;
  if (shown.language === 'json') return findOtherShape(JSON.parse(shown.content), JSON.parse(output));
  return plain(shown.content) === plain(output) ? undefined : `${plain(output)} is not ${plain(shown.content)}`;
}

/** What is left of a limit is of no matter; an id only is the same as before, or another. */
function plain(text: string): string {
  const ids = [...new Set(text.match(ID))];
  return text
    .replace(ID, (id) => `<${'i'.repeat(ids.indexOf(id) + 1)}>`)
    .replace(/(?<==)\d+/g, '0')
    .replaceAll('\r', '')
    .trim();
}

/** The same fields of the same types, as far as `shown` goes; undefined when they are, else where they are not. */
export function findOtherShape(shown: unknown, given: unknown, place = 'the answer'): string | undefined {
  const kind = kindOf(shown);
  if (kind !== kindOf(given)) return `${place} is ${kindOf(given)}, not ${kind}`;
  if (kind !== 'object' && kind !== 'list') return undefined;
  const there = new Map(Object.entries(given ?? {}));
  for (const [name, value] of Object.entries(shown ?? {})) {
    if (!there.has(name)) return `${place} has no ${name}`;
    const other = findOtherShape(value, there.get(name), `${place}.${name}`);
    if (other !== undefined) return other;
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
