import type { TextKind } from '@/lib/french/novel-text';

/** One sentence of the author with what became of it, in the words of the API. */
export interface ExportRow {
  position: number;
  page_start: number;
  page_end: number;
  /** Sentences with the same number share a paragraph. */
  paragraph: number;
  kind: TextKind;
  status: 'kept' | 'rewritten' | 'skipped' | 'failed' | 'pending';
  method: string | null;
  flags: string[];
  original: string;
  rewrites: string[];
}

/** In the order of `position`. */
export type ExportRows = AsyncIterable<ExportRow> | Iterable<ExportRow>;

export interface ExportedNovel {
  title: string;
}

/** Why a stretch of the novel still stands as the author wrote it. */
export type GapReason = 'failed' | 'pending';

export const gapOf = ({ status }: ExportRow): GapReason | undefined =>
  status === 'failed' || status === 'pending' ? status : undefined;

/** What the finished novel says here: the short sentences, or the author’s own where there are none. */
export const readingOf = ({ status, rewrites, original }: ExportRow): string[] =>
  status === 'rewritten' && rewrites.length > 0 ? rewrites : [original];
