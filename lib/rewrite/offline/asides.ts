import type { VerbUse } from '@/lib/french/clauses';
import { type Clause, textFrom } from './clause';

const ASIDE =
  /^(?:(?:et|mais)?,?\s*)(?:on le sait|il le sait|je le sais|je crois|je pense|je sais|tu sais|vous savez|tu vois|vous voyez|vois-tu|savez-vous|le savez-vous|sais-tu|voyez-vous|il faut (?:l’avouer|le dire|le remarquer|le reconnaître|en convenir)|c’est vrai|c’est sûr|il est vrai|on le voit|on le comprend|dit-on|paraît-il|semble-t-il)$/iu;

const isAside = (clause: Clause, from: number, to: number): boolean =>
  ASIDE.test(textFrom(clause, from, to).trim().replace(/,$/u, '').replaceAll("'", '’'));

const commasOf = ({ words }: Clause): number[] => words.flatMap(({ text }, i) => (text === ',' ? [i] : []));

/** « Après avoir eu, on le sait, une belle jeunesse, il… »: whether the comma at `at` opens or closes such a remark. */
export function touchesAside(clause: Clause, at: number): boolean {
  const commas = commasOf(clause);
  const before = commas.findLast((comma) => comma < at) ?? -1;
  const after = commas.find((comma) => comma > at) ?? clause.words.length;
  return isAside(clause, 0, at) || isAside(clause, before + 1, at) || isAside(clause, at + 1, after);
}

/** Whether the verb says no more than such a remark. */
export function isInAside(clause: Clause, { at }: VerbUse): boolean {
  const commas = commasOf(clause);
  const before = commas.findLast((comma) => comma < at) ?? -1;
  return before !== -1 && isAside(clause, before + 1, commas.find((comma) => comma > at) ?? clause.words.length);
}
