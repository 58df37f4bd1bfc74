/** What a face without the character may draw in its place. */
const STAND_INS: Record<string, string> = {
  '\u2011': '-',
  '\u2010': '-',
  '\u2012': '–',
  '\u2015': '—',
  '\u2212': '–',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u3000': ' ',
  '\u02bc': '’',
  '\u2032': '’',
  '\u2033': '”',
  '→': '—',
  '×': 'x',
};
const INVISIBLE = /[\p{C}\u2028\u2029]|\p{Variation_Selector}/gu;
const UNKNOWN = '?';

function standIn(character: string, canDraw: (character: string) => boolean): string | undefined {
  const listed = STAND_INS[character];
  if (listed && canDraw(listed)) return listed;
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain && [...plain].every(canDraw) ? plain : undefined;
}

/**
 * The text in characters that the face can draw: a missing one becomes its plain form (« ẃ » → « w », « ﬁ » → « fi »),
 * invisible ones go, and a run of others (an Arabic word, an emoji) becomes one « ? ».
 */
export function inkable(text: string, canDraw: (character: string) => boolean): string {
  let out = '';
  let unknown = false;
  for (const character of text.normalize('NFC').replace(INVISIBLE, '')) {
    const drawn = canDraw(character) ? character : standIn(character, canDraw);
    if (drawn !== undefined) {
      out += drawn;
      unknown = false;
    } else if (!unknown && !/\p{M}/u.test(character)) {
      out += UNKNOWN;
      unknown = true;
    }
  }
  return out;
}
