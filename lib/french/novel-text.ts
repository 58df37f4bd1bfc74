/** The shapes that text takes on its way from a PDF page to short sentences. All strings are NFC. */

export const PAGE_KINDS = ['text', 'blank', 'scanned', 'garbled', 'foreign'] as const;
/** blank: nothing on it; scanned: a picture and no text; garbled: text without a decodable alphabet; foreign: not French. */
export type PageKind = (typeof PAGE_KINDS)[number];

/** One typeset line. Coordinates in points from the top left corner of the page as it is seen (rotation applied). */
export interface TextLine {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
  fontSize: number;
  /** An initial over several lines shows that a paragraph opens here. */
  opens?: boolean;
}

export interface TextPage {
  /** 1-based. */
  number: number;
  width: number;
  height: number;
  kind: PageKind;
  /** In reading order. */
  lines: TextLine[];
}

export const TEXT_KINDS = ['narration', 'dialogue', 'heading', 'verse', 'note'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export interface Paragraph {
  kind: TextKind;
  /** Whole, hyphens undone, one line. */
  text: string;
  pageStart: number;
  /** Where in `text` each later page begins, in order: UTF-16 offset and page number. */
  pageTurns: { offset: number; page: number }[];
}

export interface Sentence {
  kind: TextKind;
  /** As the author wrote it, trimmed. */
  text: string;
  /** 0-based index of its paragraph in the novel. */
  paragraph: number;
  pageStart: number;
  pageEnd: number;
}
