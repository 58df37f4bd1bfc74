import type { Clause } from './clause';

const COORDINATORS = /^(?:et|mais|puis|car|or)$/u;
const MARKS = /^[,;:]$/u;

/** A place between two words at which one clause may end and the next begin. */
export interface Border {
  /** First word that belongs to neither side. */
  end: number;
  /** First word of what follows. */
  start: number;
  /** The conjunction that stays: « mais », « puis »… */
  lead: string;
  mark: string | undefined;
  hasConjunction: boolean;
}

export function borderAt({ words, depth }: Clause, at: number): Border | undefined {
  const word = words[at];
  if (word === undefined || depth[at] !== 0) return undefined;
  const mark = MARKS.test(word.text) ? word.text : undefined;
  if (mark === undefined && !(COORDINATORS.test(word.form) && !MARKS.test(words[at - 1]?.text ?? ''))) return undefined;
  let start = mark === undefined ? at : at + 1;
  let lead = '';
  const first = start;
  while (COORDINATORS.test(words[start]?.form ?? '')) {
    if (words[start]?.form !== 'et' || words[start + 1]?.form === 'même') lead += `${words[start]?.form} `;
    start++;
  }
  if (start >= words.length) return undefined;
  return { end: at, start, lead, mark, hasConjunction: start > first };
}
