/**
 * One sign each in the first for the sign in the second that stands for it; those without one are left out. Only what
 * novels in French are printed with: the database looks along this list at every letter.
 */
const VARIANTS = '’‘ʼ\u2010';
const PLAIN = "'''-";
const LEFT_OUT = '«»“”"\u00ad\u0300\u0301\u0302\u0303\u0308\u0327';

/** How text is made alike for a search, in order; the database does the same with what it holds. */
export const FOLDING = {
  from: VARIANTS + LEFT_OUT,
  to: PLAIN,
  ligatures: [
    ['œ', 'oe'],
    ['æ', 'ae'],
  ],
  /** After these are made alike: a space that says nothing. */
  idleSpaces: '\\s+(?=[\\s;:!?,.)])',
} as const;

const plainOf = new Map([...FOLDING.from].map((sign, index) => [sign, FOLDING.to[index] ?? '']));
const ligatureOf = new Map<string, string>(FOLDING.ligatures);

const foldSign = (sign: string) =>
  [...sign.toLowerCase().normalize('NFKD')].map((part) => plainOf.get(part) ?? ligatureOf.get(part) ?? part).join('');

const SPACE = /\s/;
const ENDS_SPACE = /[\s;:!?,.)]/;

interface Folded {
  text: string;
  /** For each sign of `text`, where the sign it came from begins and ends in the original. */
  places: { start: number; end: number }[];
}

/** Without case, accents, quotation marks, kinds of apostrophes and spaces, and the space before punctuation. */
export function foldWithPlaces(original: string): Folded {
  const signs: string[] = [];
  const places: Folded['places'] = [];
  let start = 0;
  for (const sign of original) {
    const end = start + sign.length;
    for (const part of foldSign(sign)) {
      if (ENDS_SPACE.test(part) && SPACE.test(signs.at(-1) ?? '')) {
        signs.pop();
        places.pop();
      }
      signs.push(part);
      for (let unit = 0; unit < part.length; unit += 1) places.push({ start, end });
    }
    start = end;
  }
  return { text: signs.join(''), places };
}

export const foldForSearch = (text: string): string => foldWithPlaces(text).text.trim();
