import type { ExportedNovel, ExportRows } from './export-row';
import { type ExportParagraph, gapNotices, passagesOf } from './passages';

function block({ kind, text }: ExportParagraph): string {
  if (kind === 'heading') return `\n${text}\n\n`;
  return kind === 'note' ? `[Note\u00a0: ${text}]\n\n` : `${text}\n\n`;
}

/** The novel to be read: paragraphs apart by an empty line, two above a heading, stretches not rewritten said so. */
export async function* exportTxt({ title }: ExportedNovel, rows: ExportRows): AsyncGenerator<string> {
  yield `${title}\n\n`;
  for await (const passage of passagesOf(rows)) {
    const notices = gapNotices(passage);
    const text = passage.paragraphs.map(block).join('');
    yield notices ? `${notices.before}\n\n${text}${notices.after}\n\n` : text;
  }
}
