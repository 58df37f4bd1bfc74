import { isLedToPages } from '@/lib/french/contents-pages';
import { isFrench } from '@/lib/french/detect-french';
import type { PageKind } from '@/lib/french/novel-text';

/** So much of a page's signs may be without a known letter before its text is doubtful. */
const MAX_UNDECODABLE = 0.1;
const MIN_LETTERS = 0.6;
/** French has 0.45, English and German 0.38; a font that shifts every letter by some places falls to 0.2. */
const MIN_VOWELS = 0.3;

export function pageKind(page: { text: string; undecodable: number; hasPicture: boolean }): PageKind {
  const french = isFrench(page.text);
  if (french && page.undecodable === 0) return 'text';
  // Names, figures and dots: a table of contents has hardly a word to know its language by.
  if (page.undecodable === 0 && isLedToPages(page.text.split('\n'))) return 'text';
  const signs = page.text.replace(/\s+/gu, '');
  const isDoubtful = page.undecodable > (signs.length + page.undecodable) * MAX_UNDECODABLE;
  if (signs === '' && !isDoubtful) return page.hasPicture ? 'scanned' : 'blank';
  if (french) return 'text';
  const isLegible = isDoubtful ? readsAsLatin(signs) : readsAsLatin(signs) || !isMostlyLatin(signs);
  if (french === undefined) return isLegible || !isDoubtful ? 'text' : 'garbled';
  return isLegible ? 'foreign' : 'garbled';
}

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

function isMostlyLatin(signs: string): boolean {
  return countOf(signs, /\p{Script=Latin}/gu) * 2 >= countOf(signs, /\p{L}/gu);
}

function readsAsLatin(signs: string): boolean {
  const letters = countOf(signs, /\p{Script=Latin}/gu);
  if (letters === 0 || letters < signs.length * MIN_LETTERS) return false;
  return countOf(signs.normalize('NFD'), /[aeiouyœæ]/giu) >= letters * MIN_VOWELS;
}
