import type { Paragraph, Sentence } from './novel-text';

/** The sentences of a whole novel: every character but white space ends up in exactly one of them, in order. */
export function splitSentences(paragraphs: Paragraph[]): Sentence[] {
  return paragraphs.map(({ kind, text, pageStart, pageTurns }, paragraph) => ({
    kind,
    text: text.trim(),
    paragraph,
    pageStart,
    pageEnd: pageTurns.at(-1)?.page ?? pageStart,
  }));
}
