import { readFile } from 'node:fs/promises';
import { inspectBytes } from './inspect-bytes';
import { type ReadOptions, readNovelText } from './read-novel-text';

/** What a child process is asked to do with a PDF; the file is read there, so that it never passes through the parent. */
export type PdfTask =
  | { kind: 'inspect'; path: string; maxPages: number }
  | ({ kind: 'read'; path: string } & ReadOptions);

export async function run(task: PdfTask) {
  const bytes = await readFile(task.path);
  return task.kind === 'inspect' ? inspectBytes(bytes, task) : readNovelText(bytes, task);
}
