import { z } from 'zod';
import { EnvVariables } from '@/lib/env-variables';

const Notes = z.object({
  group: z.string(),
  description: z.string(),
  expected: z.string(),
  otherwise: z.string().optional(),
});

interface Variable extends z.infer<typeof Notes> {
  name: string;
  /** The default, where it is a value. */
  value: string | undefined;
}

function listVariables(): Variable[] {
  return Object.entries(EnvVariables.shape).map(([name, schema]) => {
    const value = schema.safeParse(undefined).data;
    const isValue = typeof value === 'string' || typeof value === 'number';
    return { name, ...Notes.parse(schema.meta()), value: isValue ? String(value) : undefined };
  });
}

export function formatEnvExample(): string {
  const head = '# Everything is optional. Copy to .env and take the # away from what you set.\n';
  let group = '';
  const blocks = listVariables().map((variable) => {
    const title = variable.group === group ? '' : `\n# ── ${variable.group}\n`;
    group = variable.group;
    const fallback = variable.value ?? variable.otherwise ?? 'none';
    const note = `# ${variable.description}: ${variable.expected}. Default: ${fallback}.`.replaceAll('`', '');
    return `${title}${note}\n# ${variable.name}=${variable.value ?? ''}\n`;
  });
  return head + blocks.join('');
}

export function formatEnvTable(): string {
  const rows = listVariables().map(({ name, value, otherwise, description, expected }) => {
    const fallback = value === undefined ? (otherwise ?? '') : `\`${value}\``;
    return `| \`${name}\` | ${fallback} | ${description}: ${expected} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** `text` with what stands between the two marker lines replaced; undefined when it has no such lines. */
export function replaceBetween(text: string, start: string, end: string, content: string): string | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
