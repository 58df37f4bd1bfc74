import { SPEECH } from '@/lib/french/clauses';
import { type Clause, type Split, textBefore, textFrom } from './clause';

/** « Il cria : « Viens ! » » */
export function splitBeforeSpeech(clause: Clause): Split[] {
  const { words } = clause;
  const at = words.findIndex(({ text }, i) => text === ':' && words[i + 1]?.text === '«');
  const isSaid = words.some(
    ({ tag, verb }, i) => i < at && tag !== 'other' && verb?.lemmas.some((lemma) => SPEECH.has(lemma)),
  );
  // The closing guillemet may be part of the frame
  const isToTheEnd = words.at(-1)?.text === '»' || !words.some(({ text }) => text === '»');
  // « un geste qui signifiait : « Sors ! » »
  const isOpen = words[at - 1]?.tag === 'verb' && !/^s[e']$/u.test(words[at - 2]?.form ?? '');
  if (isOpen || at === -1 || !isToTheEnd || isSaid) return [];
  return [{ left: textBefore(clause, at), right: textFrom(clause, at + 1), rank: 1 }];
}
