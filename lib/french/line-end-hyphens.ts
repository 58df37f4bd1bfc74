import { isFrenchWord } from './french-words';
import type { TextLine } from './novel-text';

/** What the lines of a novel tell about the hyphens at their ends. */
export interface HyphenEvidence {
  /** How often the novel has a word away from line ends, in lower case. */
  counts: Map<string, number>;
  /**
   * Soft hyphens are printed as U+2010, so that a plain one belongs to its word. (U+00AD says nothing of the kind:
   * pdfium gives most of them as plain hyphens.)
   */
  marksSoft: boolean;
  /** There are words broken at line ends that are none without their other half; else every hyphen is the author's. */
  breaksWords: boolean;
  /** Words are broken at line ends without any sign. */
  losesHyphens: boolean;
}

const OWN_SIGN = '\u2010';
const SOFT_SIGN = '\u00ad';
const SIGNS = ['-', OWN_SIGN, SOFT_SIGN];
const MIN_SOFT = 3;
const MIN_LOST = 0.02;
const MIN_BROKEN = 0.005;
/** Of fewer, no hyphen at all need be soft. */
const MIN_LINES = 100;
const LETTER = /\p{L}/u;
const OF_WORD = /[\p{L}’'-]/u;
const FIRST_WORD = /^[\p{L}’'-]+/u;
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’']/u;
/** Two letters that are a word in front of a hyphen and a syllable otherwise. */
const SHORT_PREFIX = /^(?:co|ex|mi)$/u;
const MAX_WORD = 100;
const MAX_BREAKS = 1_000;
/** What links the parts of a name: « Bas-» « de-Soie », « Porte-» « d’Or »; nothing of the kind begins a syllable. */
const LINKED = /^(?:[dl][’']|(?:de|du|des|la|le|les|lès|en|sur|sous|aux?|à|sans|et|mes|tes|ses)-)\p{L}/iu;
const NEVER_LAST = /^(?:de|du|des|la|le|les|et|au|aux)$/iu;
/** Words too, but seldom the second half of one. */
const SUFFIX = /^(?:ments?|sai(?:t|ent)|lai(?:t|ent)|ses|ries?)$/u;
const FOREIGN = /[wk]|oo|ee|oa|sh/iu;
const CONSONANT_LAST = /[bcdfghj-np-tvwxzç]$/iu;
const VOWEL_FIRST = /^[aeiouyàâéèêëîïôùûœæ]/iu;
const CLITIC = /^(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|moi|toi|lui|leur|l[ae]|les|y|en|ce|ci|là|mêmes?)(?!\p{L})/iu;

export function gatherHyphenEvidence(lines: TextLine[]): HyphenEvidence {
  const counts = new Map<string, number>();
  let soft = 0;
  let broken = 0;
  for (const { text } of lines) {
    if (text.endsWith(OWN_SIGN)) soft += 1;
    if (isBroken(text)) broken += 1;
    const words = text.toLowerCase().match(/\p{L}[\p{L}’'-]*/gu) ?? [];
    for (let index = 1; index < words.length - 1; index += 1) count(counts, words[index] ?? '', 1);
  }
  // Each word once: a novel has the same ones again and again.
  for (const [word, times] of [...counts]) {
    const bare = withoutElision(word);
    if (bare !== word) count(counts, bare, times);
  }
  const evidence = { counts, marksSoft: soft >= MIN_SOFT, breaksWords: true, losesHyphens: false };
  const lost = countLostBreaks(lines, evidence);
  const breaksWords = lines.length < MIN_LINES || hasSoftBreaks(lines, evidence);
  return { ...evidence, breaksWords, losesHyphens: lost > lines.length * MIN_LOST && lost > 2 * broken };
}

/** Whether one line in some hundred or more ends in a half of a word. */
function hasSoftBreaks(lines: TextLine[], evidence: HyphenEvidence): boolean {
  let least = lines.length * MIN_BROKEN;
  for (const [index, { text }] of lines.entries()) {
    if (isBroken(text) && isLostBreak(text.slice(0, -1), lines[index + 1]?.text ?? '', evidence)) least -= 1;
    if (least < 0) return true;
  }
  return false;
}

/** About as many as there are; of a long novel, some are looked at for all. */
function countLostBreaks(lines: TextLine[], evidence: HyphenEvidence): number {
  const stride = Math.ceil(lines.length / MAX_BREAKS);
  let lost = 0;
  for (let index = 0; index < lines.length; index += stride) {
    if (isLostBreak(lines[index]?.text ?? '', lines[index + 1]?.text ?? '', evidence)) lost += 1;
  }
  return lost * stride;
}

function count(counts: Map<string, number>, word: string, times: number) {
  counts.set(word, (counts.get(word) ?? 0) + times);
}

/**
 * Puts the text of a line after that of the line before: with a space, or as one word, with its hyphen or without.
 * Without evidence every hyphen stays.
 */
export function joinLines(
  before: string,
  after: string,
  evidence: HyphenEvidence | undefined,
): { text: string; offset: number } {
  const left = isBroken(before)
    ? before.slice(0, -1) + hyphenBetween(before, after, evidence)
    : before + spaceBetween(before, after, evidence);
  return { text: left + after, offset: left.length };
}

function hyphenBetween(before: string, after: string, evidence: HyphenEvidence | undefined): string {
  if (evidence === undefined || !/^\p{L}/u.test(after)) return '-';
  if (before.endsWith(SOFT_SIGN) || (before.endsWith(OWN_SIGN) && evidence.marksSoft)) return '';
  return keepsHyphen(before.slice(0, -1), after, evidence) ? '-' : '';
}

function spaceBetween(before: string, after: string, evidence: HyphenEvidence | undefined): string {
  if (evidence?.losesHyphens && isLikelyLostBreak(before, after, evidence)) return '';
  if (/^…/u.test(after) && /[!?]$/u.test(before)) return '';
  if (/^[;!?]/u.test(after)) return '\u202f';
  return /^[:»]/u.test(after) || before.endsWith('«') ? '\u00a0' : ' ';
}

function keepsHyphen(before: string, after: string, evidence: HyphenEvidence): boolean {
  if (evidence.marksSoft || !evidence.breaksWords) return true;
  const left = ending(before, OF_WORD);
  const right = FIRST_WORD.exec(after)?.[0].replace(/[’'-]+$/u, '') ?? '';
  const inNovel = countOf(`${left}-${right}`, evidence) - countOf(left + right, evidence);
  if (inNovel !== 0) return inNovel > 0;
  if (LINKED.test(right)) return !/aujour$/iu.test(left) && !known(left + right, evidence);
  const isJoined = known(left + right, evidence);
  const last = left.slice(left.lastIndexOf('-') + 1);
  if (CLITIC.test(right) && (last === 't' || (!isJoined && isWord(last, evidence)))) return true;
  if (left.includes('-')) return endsCompound(left, last, right, evidence);
  if (isJoined) return false;
  return isListed(`${left}-${right}`) || isCompound(left, right, evidence);
}

/** « pot-de-» « vin », not « au-des-» « sus » or « Jean-Clau-» « de ». */
function endsCompound(left: string, last: string, right: string, evidence: HyphenEvidence): boolean {
  if (isListed(left + right) || NEVER_LAST.test(right)) return false;
  if (/^\p{Lu}/u.test(right)) return last !== last.toUpperCase();
  return isWord(right, evidence) && (isWord(last, evidence) || !isWord(last + right, evidence));
}

/** Of a word that is in no list, joined or not. */
function isCompound(left: string, right: string, evidence: HyphenEvidence): boolean {
  if (/^\p{Lu}/u.test(right)) return left !== left.toUpperCase();
  // The name of somebody who is met only once: « Ara-belle ».
  if (/^\p{Lu}/u.test(left) || SUFFIX.test(right)) return false;
  // French breaks no word there: « drawing-office ».
  if ((FOREIGN.test(right) && left.length > 4) || (CONSONANT_LAST.test(left) && VOWEL_FIRST.test(right))) return true;
  if (SHORT_PREFIX.test(bare(left))) return isWord(right, evidence);
  return bare(left).length > 2 && known(left, evidence) && known(right, evidence);
}

/** « retour » « nera »: not both are words, but together they are one. */
function isLostBreak(before: string, after: string, evidence: HyphenEvidence): boolean {
  const [left, right] = halves(before, after);
  // In this order: that both are words is soon found among those of the novel, that together they are none is not.
  return !(isWord(left, evidence) && isWord(right, evidence)) && isWord(left + right, evidence);
}

/** « dure » « ment », in a novel known to lose its hyphens: words both, but not of this novel. */
function isLikelyLostBreak(before: string, after: string, evidence: HyphenEvidence): boolean {
  const [left, right] = halves(before, after);
  return !(countOf(left, evidence) > 0 && countOf(right, evidence) > 0) && isWord(left + right, evidence);
}

/** The letters on both sides of a line break; two empty strings where no word can go on. */
function halves(before: string, after: string): [string, string] {
  const right = /^\p{Ll}+(?![\p{L}’'])/u.exec(after)?.[0] ?? '';
  const left = right === '' ? '' : ending(before, LETTER);
  return left === '' ? ['', ''] : [left, right];
}

/** The characters of one kind at the end of a line; a pattern that ends in $ would be tried at every one before them. */
function ending(text: string, kind: RegExp): string {
  let start = text.length;
  while (start > Math.max(0, text.length - MAX_WORD) && kind.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start);
}

const isBroken = (text: string) => SIGNS.includes(text.at(-1) ?? '') && LETTER.test(text.at(-2) ?? '');

const withoutElision = (word: string) => (word.includes('’') || word.includes("'") ? word.replace(ELISION, '') : word);

const bare = (word: string) => withoutElision(word.toLowerCase());

const countOf = (word: string, { counts }: HyphenEvidence) => counts.get(bare(word)) ?? 0;

/** In the dictionary, with its elision (« c’est-à-dire ») or without (« l’entretien »). */
function isListed(word: string): boolean {
  const whole = word.toLowerCase();
  const own = bare(word);
  return isFrenchWord(whole) || (own !== whole && isFrenchWord(own));
}

/** A word of the novel or of the language. */
function isWord(word: string, evidence: HyphenEvidence): boolean {
  return word !== '' && (countOf(word, evidence) > 0 || isListed(word));
}

/** A word, or a compound of words; what is elided (« quelqu’un ») lacks its e. */
function known(word: string, evidence: HyphenEvidence): boolean {
  const parts = word.split(/(?<=[’'])|-/u);
  const isPart = (part: string) => {
    const bare = part.replace(/[’']$/u, '');
    return isWord(bare, evidence) || (bare !== part && isWord(`${bare}e`, evidence));
  };
  return isWord(word, evidence) || (parts.length > 1 && parts.every(isPart));
}
