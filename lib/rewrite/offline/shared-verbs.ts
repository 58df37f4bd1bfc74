import { type VerbUse, verbGroupEnd } from '@/lib/french/clauses';
import { type Clause, type Split, textBefore, textFrom, withSubject } from './clause';
import { findSubject } from './coordinated-clauses';

/** Where « et », « puis » or a comma before them stands; what follows it. */
function conjunctionAt({ words, depth }: Clause, at: number): { end: number; start: number } | undefined {
  const word = words[at];
  if (depth[at] !== 0 || (word?.form !== 'et' && word?.form !== 'puis' && word?.text !== ',')) return undefined;
  if (words[at - 1]?.text === ',' || words[at - 1]?.form === 'et') return undefined;
  let start = at + 1;
  while (words[start]?.form === 'et' || words[start]?.form === 'puis') start++;
  return { end: at, start };
}

/** Over « ne », « lui », « pas » and adverbs to the word that is shared or governed. */
function skipSmall({ words }: Clause, from: number): number {
  let at = from;
  while (/^(?:clitic|adverb|negation|enclitic)$/u.test(words[at]?.tag ?? '')) at++;
  return at;
}

/** « Il voulait partir et oublier » → « Il voulait oublier »; « Il avait mangé le pain et bu le vin » → « Il avait bu le vin ». */
export function splitSharedVerb(clause: Clause): Split[] {
  const { words, verbs } = clause;
  const main = verbs.findLast(({ role }) => role === 'main');
  if (main === undefined || verbs.some(({ at, role }) => at > main.at && role !== 'incise')) return [];
  // « tant il avait mangé de pain et bu de vin »
  if (/^(?:tant|tellement)$/u.test(words[main.from - 1]?.form ?? '')) return [];
  const subject = findSubject(clause, main);
  if (subject === undefined) return [];
  const governed = governedAt(clause, main.at);
  if (governed === undefined || leansOnNoun(clause, main, governed)) return [];
  const head = textFrom(clause, main.from, governed.from);
  const withoutSubject = words[main.from]?.tag === 'subject' ? textFrom(clause, main.from + 1, governed.from) : head;
  return words.flatMap((_, at): Split[] => {
    const border = at > governed.at + 1 ? conjunctionAt(clause, at) : undefined;
    if (border === undefined || !isParallel(clause, governed, border.start)) return [];
    // « d’aller, tous les soirs, les voir »: a comma alone may enclose something
    if (words[at]?.text === ',' && words[border.start]?.form !== words[governed.from - 1]?.form) return [];
    const rest = textFrom(clause, border.start + prepositionLength(clause, governed, border.start));
    return [{ left: textBefore(clause, border.end), right: withSubject(subject.text, withoutSubject + rest), rank: 4 }];
  });
}

interface Governed {
  /** Where the infinitive or participle with its pronouns begins; the shared words end here. */
  from: number;
  at: number;
  tag: 'infinitive' | 'past-participle';
}

function governedAt(clause: Clause, main: number): Governed | undefined {
  const { words } = clause;
  const end = verbGroupEnd(words, main);
  if (words[end - 1]?.tag === 'past-participle') {
    const participle = words.findIndex(({ tag }, i) => i > main && tag === 'past-participle');
    return { from: participle, at: participle, tag: 'past-participle' };
  }
  const afterPreposition = /^(?:à|de|d')$/u.test(words[end]?.form ?? '') ? end + 1 : end;
  const at = skipSmall(clause, afterPreposition);
  return words[at]?.tag === 'infinitive' ? { from: afterPreposition, at, tag: 'infinitive' } : undefined;
}

/** « L’envie le prit de partir », « Son plaisir était de lire »: the infinitive says what the noun is. */
function leansOnNoun({ words }: Clause, main: VerbUse, { from, at }: Governed): boolean {
  const hasPreposition = words[from - 1]?.tag === 'preposition' && from <= at;
  const hasObject = words.slice(main.from, main.at).some(({ form }) => /^(?:le|la|les|l')$/u.test(form));
  return hasPreposition && (hasObject || (words[main.at]?.verb?.lemmas.includes('être') ?? false));
}

/** « à courir et à crier »: the preposition is among the shared words already. */
function prepositionLength({ words }: Clause, { from }: Governed, start: number): number {
  return words[start]?.form === words[from - 1]?.form ? 1 : 0;
}

function isParallel(clause: Clause, governed: Governed, start: number): boolean {
  const { words } = clause;
  // « Il comptait venir pour boire et manger »: no telling which of the two goes on
  if (words.slice(governed.at + 1, start).some(({ tag }) => tag === governed.tag)) return false;
  const repeats = words[start]?.form === words[governed.from - 1]?.form && words[start]?.tag === 'preposition';
  const at = skipSmall(clause, repeats ? start + 1 : start);
  if (words[at]?.tag !== governed.tag) return false;
  if (governed.tag === 'infinitive') return true;
  // A participle without an object may as well be an adjective: « la maison vide et abandonnée »
  return words[at + 1]?.tag === 'determiner' && !/[es]$/u.test(words[at]?.form ?? '');
}
