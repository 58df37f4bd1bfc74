import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, type ExportFormat, JobSettings } from '@/lib/jobs/schema';

export const USAGE = `npm run novel -- book.pdf [-o out.csv] [options]

  -o, --out FILE       csv, json, txt or pdf by its ending (default: the novel's name with .csv)
  -w, --words N        words per sentence, 3 to 50 (8)
      --engine NAME    offline or gemini
      --model NAME     balanced, quality or speed
      --ignore-dialogue
      --url URL        another server than this machine's; then NOVEL_TOKEN holds an access token

Exit code: 0 complete, 2 with gaps, 1 failed.`;

export interface NovelOptions {
  pdf: string;
  out: string;
  format: ExportFormat;
  settings: Partial<JobSettings>;
  url: string | undefined;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Throws UsageError with the sentence to print. */
export function readOptions(args: string[]): NovelOptions {
  const { values, positionals } = parse(args);
  const [pdf, ...others] = positionals;
  if (pdf === undefined || others.length > 0) throw new UsageError('Name one PDF.');
  const out = values.out ?? `${basename(pdf, extname(pdf))}.csv`;
  const ending = extname(out).slice(1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (!format) throw new UsageError(`The result can be ${EXPORT_FORMATS.join(', ')}, not “${ending}”.`);
  const settings = JobSettings.partial().safeParse({
    ...(values.words !== undefined && { sentence_length_limit: values.words }),
    ...(values.engine !== undefined && { engine: values.engine }),
    ...(values.model !== undefined && { gemini_model: values.model }),
    ...(values['ignore-dialogue'] && { ignore_dialogue: true }),
  });
  if (!settings.success) {
    throw new UsageError(settings.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  return { pdf, out, format, settings: settings.data, url: values.url };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        words: { type: 'string', short: 'w' },
        engine: { type: 'string' },
        model: { type: 'string' },
        'ignore-dialogue': { type: 'boolean', default: false },
        url: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
