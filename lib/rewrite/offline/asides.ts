import type { VerbUse } from '@/lib/french/clauses';
import { isBeOrHave, type Word } from '@/lib/french/tagged-word';
import { type Clause, textFrom } from './clause';

const ASIDE =
  /^(?:(?:et|mais|\p{L}+ment)?,?\s*)(?:on le sait|il le sait|je le sais|je crois|je pense|je sais|tu sais|vous savez|tu vois|vous voyez|vois-tu|savez-vous|le savez-vous|sais-tu|voyez-vous|il faut (?:l’avouer|le dire|le remarquer|le reconnaître|en convenir)|c’est vrai|cela est vrai|c’est certain|je veux dire|je ne sais (?:pourquoi|comment|où|quand|trop|pas|dans quel \p{L}+)|c’est sûr|il est vrai|on le voit|on le comprend|dit-on|je n[’']en doute pas|paraît-il|semble-t-il)$/iu;

const REMARKS = new Set(
  'savoir avouer croire penser voir assurer jurer douter sembler paraître comprendre supposer imaginer espérer dire répéter deviner écouter remarquer'.split(
    ' ',
  ),
);

/** « vous le savez », « il me semble »: a pronoun and a verb of knowing, nothing else. */
function isRemark(words: Word[]): boolean {
  const verbs = words.filter(({ tag }) => tag === 'verb' || tag === 'past-participle');
  return (
    (verbs.length === 1 || isBeOrHave(verbs[0]?.verb)) &&
    (verbs.at(-1)?.verb?.lemmas.some((lemma) => REMARKS.has(lemma)) ?? false) &&
    words.every(
      ({ tag, form }) =>
        form !== 'les' &&
        /^(?:subject|clitic|verb|past-participle|enclitic|adverb|coordinator|punctuation)$/u.test(tag),
    )
  );
}

const isAside = (clause: Clause, from: number, to: number): boolean =>
  isRemark(clause.words.slice(from, to)) ||
  ASIDE.test(textFrom(clause, from, to).trim().replace(/,$/u, '').replaceAll("'", '’'));

const marksOf = ({ words }: Clause): number[] =>
  words.flatMap(({ text }, i) => (/^[,;:!?…()—–-]$/u.test(text) ? [i] : []));

/** « Après avoir eu, on le sait, une belle jeunesse, il… »: whether the comma at `at` opens or closes such a remark. */
export function touchesAside(clause: Clause, at: number): boolean {
  const marks = marksOf(clause);
  const before = marks.findLast((mark) => mark < at) ?? -1;
  const after = marks.find((mark) => mark > at) ?? clause.words.length;
  // « …, il pensa : je pars »
  if (clause.words[after]?.text === ':') return false;
  return isAside(clause, before + 1, at) || isAside(clause, at + 1, after);
}

/** Whether the verb says no more than such a remark. */
export function isInAside(clause: Clause, { at }: VerbUse): boolean {
  const marks = marksOf(clause);
  const before = marks.findLast((mark) => mark < at) ?? -1;
  const after = marks.find((mark) => mark > at);
  // « Vous savez, madame »: what is known follows
  if (before === -1)
    return (
      clause.words[after ?? -1]?.text === ',' &&
      isRemark(clause.words.slice(0, after)) &&
      clause.words.slice(0, after).some(({ form }) => /^(?:tu|vous)$/u.test(form))
    );
  return isAside(clause, before + 1, after ?? clause.words.length);
}
