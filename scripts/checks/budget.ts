export interface SourceFile {
  path: string;
  name: string;
  text: string;
}

const BANNED_NAMES = /^(utils?|helpers?|misc|common|types?|services?|managers?)\.\w+$/;
const LINES_P90 = 200;
const LINES_PER_CAST = 1_000;

const LITERALS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const RENAMES = /\b(?:import|export)\b[^;=]*?(?:\bfrom\b|;)/g;
const CAST = /\bas (?!const\b)/g;

/** What goes beyond the budget of the house, one sentence each. */
export function findBudgetFaults(files: SourceFile[]): string[] {
  const faults: string[] = [];
  let lines = 0;
  const casts: string[] = [];
  for (const { path, name, text } of files) {
    lines += countLines(text);
    if (BANNED_NAMES.test(name)) faults.push(`${path}: a name that says nothing`);
    if (/from '\.\.\/\.\.\//.test(text)) faults.push(`${path}: reaches up two folders; use @/`);
    if (new RegExp(`\\b(${['TO', 'DO'].join('')}|FIX${'ME'})\\b`).test(text))
      faults.push(`${path}: something is left to do`);
    const code = text.replaceAll(LITERALS, '""').replaceAll(RENAMES, '');
    for (const _ of code.matchAll(CAST)) casts.push(path);
  }
  if (casts.length > lines / LINES_PER_CAST) {
    faults.push(`${casts.length} casts in ${lines} lines, one in ${LINES_PER_CAST} is allowed: ${casts.join(', ')}`);
  }
  const sizes = files.map(({ text }) => countLines(text)).sort((a, b) => a - b);
  const p90 = sizes[Math.floor(sizes.length * 0.9)] ?? 0;
  if (p90 > LINES_P90) faults.push(`A tenth of the files has more than ${p90} lines, ${LINES_P90} is the limit`);
  return faults;
}

const countLines = (text: string): number => text.split('\n').length - 1;
