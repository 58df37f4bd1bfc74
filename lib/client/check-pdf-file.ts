import type { ErrorCode } from '@/lib/errors';

const MARK = '%PDF-';
/** Readers of PDF accept the mark anywhere in the first kilobyte. */
const MARK_WITHIN_BYTES = 1024;

export type FileFault = Extract<ErrorCode, 'FILE_EMPTY' | 'FILE_TOO_LARGE' | 'NOT_A_PDF'>;

/** Whether no setting helps, only another file. */
export const isFaultOfFile = (code: string): boolean => /^(FILE|PDF)_|^NOT_A_PDF$/.test(code);

/** Says at once what the server would say later. The server judges again, and more closely. */
export async function checkPdfFile(file: Blob, maxBytes: number): Promise<FileFault | undefined> {
  if (file.size === 0) return 'FILE_EMPTY';
  if (file.size > maxBytes) return 'FILE_TOO_LARGE';
  const head = new TextDecoder('latin1').decode(await file.slice(0, MARK_WITHIN_BYTES).arrayBuffer());
  return head.includes(MARK) ? undefined : 'NOT_A_PDF';
}
