import { AppError } from '@/lib/errors';
import type { PageKind } from '@/lib/french/novel-text';

const ALL_BLANK = { field: 'blank_pages', message: 'all of them' };

/** Throws PDF_NO_TEXT or PDF_UNREADABLE_TEXT when no page can be read; a foreign text can. */
export function requireReadableText(pages: { kind: PageKind }[]) {
  const count = (kind: PageKind) => pages.filter((page) => page.kind === kind).length;
  if (count('text') + count('foreign') > 0) return;
  if (count('garbled') > 0) throw new AppError('PDF_UNREADABLE_TEXT');
  const scanned = count('scanned');
  if (scanned === 0) throw new AppError('PDF_NO_TEXT', 'Every page of the PDF is blank', { fields: [ALL_BLANK] });
  throw new AppError('PDF_NO_TEXT', `The PDF holds no text: ${scanned} of ${pages.length} pages look scanned`);
}
