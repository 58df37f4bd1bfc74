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
  if (shown.language === 'json') return findOther(parseEach(shown.content), parseEach(output));
  return plain(shown.content) === plain(output) ? undefined : `${plain(output)} is not ${plain(shown.content)}`;
}

/** One value after another, as jq writes them: each ends where its first sign is closed at the beginning of a line. */
const parseEach = (text: string): unknown[] =>
  text
    .trim()
    .split(/\n(?=\{)/)
    .map((one): unknown => JSON.parse(one));

const ANOTHER_TIME: [RegExp, string][] = [
  [/(?<==)\d+/g, '0'],
  [/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>'],
  [/^\d{4}-\d{2}$/g, '<month>'],
  [/^whsec_.+$/g, '<secret>'],
];

/** What is left of a limit, times and secrets are of no matter; an id only is the same as before, or another. */
function plain(text: string, ids = [...new Set(text.match(ID))]): string {
  const named = text.replace(ID, (id) => `<${'i'.repeat(ids.indexOf(id) + 1)}>`);
  return ANOTHER_TIME.reduce((rest, [pattern, word]) => rest.replace(pattern, word), named)
    .replaceAll('\r', '')
    .trim();
}

/** How many sentences the grammar can split: more, as it gets better. */
const OF_THE_GRAMMAR = /\.(?:kept|rewritten|over_limit|kept_over_limit|no_split|long_sentences)$/;

/** The same fields with the same values; undefined when they are, else where they are not. */
export function findOther(shown: unknown, given: unknown, place = 'the answer'): string | undefined {
  const kind = kindOf(shown);
  if (kind !== kindOf(given)) return `${place} is ${kindOf(given)}, not ${kind}`;
  if (kind !== 'object' && kind !== 'list') return isSame(shown, given, place) ? undefined : `${place} is ${given}`;
  const [one, other] = [new Map(Object.entries(shown ?? {})), new Map(Object.entries(given ?? {}))];
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    if (!other.has(name)) return `${place} has no ${name}`;
    if (!one.has(name)) return `${place} has ${name}, too`;
    const fault = findOther(one.get(name), other.get(name), `${place}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isSame(shown: unknown, given: unknown, place: string): boolean {
  if (typeof shown === 'string') return plain(shown, []) === plain(String(given), []);
  if (OF_THE_GRAMMAR.test(place)) return (shown === 0) === (given === 0);
  return shown === given;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
