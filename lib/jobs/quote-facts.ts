import type { PageKind } from '@/lib/french/novel-text';
import type { NovelEstimate } from './estimate-novel';
import type { Quote } from './quote-schema';

const pagesOf = ({ read }: NovelEstimate, wanted: PageKind) => read.pages.filter(({ kind }) => kind === wanted).length;

export const countPages = (novel: NovelEstimate) => ({
  text_pages: pagesOf(novel, 'text'),
  scanned_pages: pagesOf(novel, 'scanned'),
  blank_pages: pagesOf(novel, 'blank'),
  garbled_pages: pagesOf(novel, 'garbled'),
  foreign_pages: pagesOf(novel, 'foreign'),
});

export function warningsOf(novel: NovelEstimate, balance: number): Quote['warnings'] {
  const warnings: Quote['warnings'] = [];
  const warn = (isSo: boolean, code: Quote['warnings'][number]['code'], detail: string) => {
    if (isSo) warnings.push({ code, detail });
  };
  const scanned = pagesOf(novel, 'scanned');
  const garbled = pagesOf(novel, 'garbled');
  const foreign = pagesOf(novel, 'foreign');
  const { credits } = novel;
  warn(scanned > 0, 'SCANNED_PAGES', `${scanned} of the pages are pictures without text; nothing is read from them.`);
  warn(garbled > 0, 'GARBLED_PAGES', `The text of ${garbled} of the pages cannot be decoded.`);
  warn(foreign > 0, 'FOREIGN_PAGES', `${foreign} of the pages do not seem to be French.`);
  warn(novel.long === 0, 'NOTHING_TO_REWRITE', 'No sentence is over the limit.');
  warn(credits > balance, 'INSUFFICIENT_CREDITS', `This needs ${credits} credits and ${balance} are left this month.`);
  return warnings;
}
