const HOLDS_LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const IS_SPACE = /\s/u;
/** The letters and signs of Latin script stand below it. */
const FIRST_UNCOMMON = 0x2100;

/** Runs between white space that hold a letter or digit. `\s` covers U+00A0 and U+202F. */
export const words = (text: string): string[] => text.split(/\s+/u).filter((run) => HOLDS_LETTER_OR_DIGIT.test(run));

const SIGN = 0;
const SPACE = 1;
const LETTER = 2;

const COMMON_KINDS = Uint8Array.from({ length: FIRST_UNCOMMON }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): number {
  if (IS_SPACE.test(character)) return SPACE;
  return HOLDS_LETTER_OR_DIGIT.test(character) ? LETTER : SIGN;
}

/** The one measure of a sentence's length: every limit is checked with it. As many as `words`, without making them. */
export function countWords(text: string): number {
  let count = 0;
  let isCounted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    // Written out: of a function called here alone, the bundler makes a new one for each character.
    const kind = code < FIRST_UNCOMMON ? COMMON_KINDS[code] : kindOf(String.fromCodePoint(code));
    if (kind === SPACE) isCounted = false;
    else if (kind === LETTER && !isCounted) {
      count += 1;
      isCounted = true;
    }
  }
  return count;
}
