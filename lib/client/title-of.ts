import type { Job } from '@/lib/jobs/schema';

/** The novel's name as one would say it: the file's, without its ending and the marks that stand for spaces. */
export function titleOf({ novel }: { novel: Pick<Job['novel'], 'name'> }): string {
  const title = novel.name
    .replace(/\.pdf$/i, '')
    .replaceAll('_', ' ')
    .trim();
  return title === '' ? novel.name : title;
}
