import type { Word } from './tagged-word';

const CONTENT = new Set(['other', 'verb', 'infinitive', 'past-participle', 'present-participle', 'name']);
/** Pronouns, verbs and nouns that carry grammar rather than content: a rewrite may exchange them. */
const GRAMMATICAL = new Set(
  (
    "elle elles eux lui leur leurs moi toi soi nous vous ce c' cela ça ceci celui celle ceux celles celui-ci autre autres " +
    'lequel laquelle chacun chacune rien tout tous toute toutes même mêmes tel telle tels telles un une en y'
  ).split(' '),
);

const stem = (form: string): string => form.replace(/(?:aux|al)$/u, 'al').replace(/e?s?$|x$/u, '');

/** What a word may be known by: its lemmas as a verb and its stem as a noun or adjective. */
const wordKeys = (word: Pick<Word, 'form' | 'verb'>): string[] => [
  stem(word.form),
  ...(word.verb?.lemmas.map((lemma) => `${lemma}/v`) ?? []),
];

const isContent = ({ tag, form, verb, isWord }: Word): boolean =>
  isWord &&
  CONTENT.has(tag) &&
  !GRAMMATICAL.has(form) &&
  !(verb?.lemmas.some((lemma) => lemma === 'être' || lemma === 'avoir') ?? false);

const contentWords = (words: Word[]): Word[] => words.filter(isContent);

/** Share of the content words of the original that the rewrites hold in some form; 1 when it has none. */
export function contentRecall(original: Word[], rewrites: Word[]): number {
  const wanted = contentWords(original);
  if (wanted.length === 0) return 1;
  const held = new Set(rewrites.flatMap(wordKeys));
  const found = wanted.filter((word) => wordKeys(word).some((key) => held.has(key)));
  return found.length / wanted.length;
}
