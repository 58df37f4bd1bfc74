import type { Paragraph, Sentence } from './novel-text';
import { sentenceBorders } from './sentence-borders';

function pageAt({ pageStart, pageTurns }: Paragraph, offset: number): number {
  let page = pageStart;
  for (const turn of pageTurns) {
    if (turn.offset > offset) break;
    page = turn.page;
  }
  return page;
}

function splitParagraph(paragraph: Paragraph, index: number): Sentence[] {
  const { kind, text } = paragraph;
  const isProse = kind === 'narration' || kind === 'dialogue';
  const borders = isProse ? sentenceBorders(text) : [];
  return [0, ...borders].flatMap((start, i) => {
    const piece = text.slice(start, borders[i]);
    const trimmed = piece.trim();
    if (trimmed === '') return [];
    const first = start + piece.length - piece.trimStart().length;
    return {
      kind,
      text: trimmed,
      paragraph: index,
      pageStart: pageAt(paragraph, first),
      pageEnd: pageAt(paragraph, first + trimmed.length - 1),
    };
  });
}

/**
 * The sentences of a whole novel: every character but white space ends up in exactly one of them, in order.
 * Headings, verse and notes are one sentence each.
 */
export const splitSentences = (paragraphs: Paragraph[]): Sentence[] => paragraphs.flatMap(splitParagraph);
