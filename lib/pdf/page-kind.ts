import { isFrench } from '@/lib/french/detect-french';
import type { PageKind } from '@/lib/french/novel-text';

/** So much of a page's signs may be without a known letter before the page counts as garbled. */
const MAX_UNDECODABLE = 0.1;
const MIN_LETTERS = 0.6;
const MIN_VOWELS = 0.2;

export function pageKind(page: { text: string; undecodable: number; hasPicture: boolean }): PageKind {
  const signs = page.text.replace(/\s/gu, '');
  const isDoubtful = page.undecodable > (signs.length + page.undecodable) * MAX_UNDECODABLE;
  if (signs === '' && !isDoubtful) return page.hasPicture ? 'scanned' : 'blank';
  const french = isFrench(page.text);
  if (french || (french === undefined && !isDoubtful)) return 'text';
  if (isDoubtful) return 'garbled';
  return readsLikeLanguage(signs) ? 'foreign' : 'garbled';
}

function readsLikeLanguage(signs: string): boolean {
  const letters = signs.match(/\p{L}/gu) ?? [];
  if (letters.length < signs.length * MIN_LETTERS) return false;
  const latin = signs.match(/\p{Script=Latin}/gu) ?? [];
  if (latin.length < letters.length / 2) return true;
  const vowels = signs.normalize('NFD').match(/[aeiouyœæ]/giu) ?? [];
  return vowels.length > latin.length * MIN_VOWELS;
}
