/** A closing mark with what belongs to it: further marks, and what closes after it. */
const FINAL_MARKS = /[.!?…]+(?:\s*[!?…]+)*(?:\s*[»›]|[”"’')\]])*/gu;
const OPENERS = /^(?:[[(](?:…|\.{3})[\])]|[\s«‹“"'‘([—–-])*/u;
const LAST_WORD = /[\p{L}\p{N}.’'-]+$/u;

/** A name or a number must follow these; they end no sentence. */
const NEVER_FINAL = new Set(
  'm mm mr mrs mme mmes mlle mlles mgr mgrs dr drs pr prs me mes st ste sts cap capt gén lt cdt cf chap fig éd no nos'.split(
    ' ',
  ),
);
/** Nouns too: abbreviations only before a number (« vol. 2 », « art. IV »). */
const NOUNS_TOO = new Set(['vol', 'col', 'art']);
/** The figures behind them belong to them: « 3 fr. 50 », « 10 h. 30 ». */
const UNITS = new Set('fr h mn min'.split(' '));
/** These end a sentence only before a word that opens one. */
const SELDOM_FINAL = new Set('p pp t v ch av apr env ex id ibid op cit loc j.-c tél hab trad coll'.split(' '));

const USUAL_OPENERS = new Set(
  (
    'le la les l’ un une des ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ' +
    'il elle ils elles on je j’ tu nous vous c’ cela ça qui que quand comme si mais et or puis alors ' +
    'dans à en sur sous par pour avec sans après avant depuis pendant enfin aussi ainsi tout tous toute'
  ).split(' '),
);

/** Longer than every abbreviation, and no numeral. */
const LONG_WORD = /^\p{Ll}{6}$/u;

function isFullStopFinal(before: string, after: string): boolean {
  if (LONG_WORD.test(before.slice(-6))) return true;
  const last = LAST_WORD.exec(before)?.[0] ?? '';
  const word = last.toLowerCase();
  if (NEVER_FINAL.has(word)) return false;
  if (NOUNS_TOO.has(word)) return !/^(?:\d|[IVXLC]+(?![\p{L}’']))/u.test(after);
  if (UNITS.has(word) && /^\d/u.test(after)) return false;
  const isInitial = /^(?:\p{Lu}|\p{Lu}\.-?\p{Lu})$/u.test(last);
  const isNumbering = before.trim() === last && /^(?:\d+|[IVXLC]+)$/u.test(last);
  if (isNumbering) return false;
  if (!isInitial && !SELDOM_FINAL.has(word)) return true;
  const next = /^\p{L}+['’]?/u.exec(after)?.[0] ?? '';
  return USUAL_OPENERS.has(next.toLowerCase().replace("'", '’'));
}

function isBorder(before: string, marks: string, after: string): boolean {
  const next = after.replace(OPENERS, '');
  if (!/[\p{L}\p{N}]/u.test(next)) return false;
  if (/^\p{Ll}/u.test(next)) return false;
  if (/^[^\p{L}\p{N}]/u.test(next) && !/^[¡¿$€£*_#]/u.test(next)) return false;
  return marks.startsWith('.') && !/^\.[.!?…]/u.test(marks) ? isFullStopFinal(before, next) : true;
}

/** Offsets in `paragraph` at which a new sentence begins, the first one (0) left out. */
export function sentenceBorders(paragraph: string): number[] {
  const borders: number[] = [];
  const brackets = paragraph.includes('(') ? paragraph.matchAll(/\([^()]*\)/gu) : undefined;
  let bracket = brackets?.next().value;
  let start = 0;
  for (const match of paragraph.matchAll(FINAL_MARKS)) {
    const end = match.index + match[0].length;
    while (bracket && bracket.index + bracket[0].length <= match.index) bracket = brackets?.next().value;
    if (bracket && bracket.index < match.index) continue;
    if (!/\s/u.test(paragraph.charAt(end))) continue;
    // Enough to see what follows; keeps the whole linear in the length of the paragraph.
    const after = paragraph.slice(end, end + 80);
    if (!isBorder(paragraph.slice(Math.max(start, match.index - 40), match.index), match[0], after)) continue;
    // « […] Il revint. »: what holds no word is no sentence.
    if (!/[\p{L}\p{N}]/u.test(paragraph.slice(start, end))) continue;
    start = end + (after.length - after.trimStart().length);
    borders.push(start);
  }
  return borders;
}
