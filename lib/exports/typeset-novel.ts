import type { TextKind } from '@/lib/french/novel-text';
import { type ExportParagraph, gapNotices, type Passage } from './passages';
import { BODY, type Book, HEADING, openBook, type TextStyle } from './typeset';

export interface TypesetNovel {
  title: string;
  /** Below the title on the first page. */
  subtitle: string;
  date: Date;
  passages: Passage[];
}

const TITLE: TextStyle = { ...HEADING, size: 26 };
const SUBTITLE: TextStyle = { ...HEADING, face: 'italic', size: 12 };
const NOTICE: TextStyle = { ...BODY, face: 'italic', size: 9.5, indent: 0 };
const NOTE: TextStyle = { ...BODY, size: 9.5 };
const VERSE: TextStyle = { ...BODY, face: 'italic', indent: 28 };
const STYLES: Record<TextKind, TextStyle> = {
  narration: BODY,
  dialogue: BODY,
  heading: HEADING,
  verse: VERSE,
  note: NOTE,
};

/** A chapter begins a page of its own when the one before has filled more than so many. */
const PAGES_BEFORE_NEW_PAGE = 1;
/** A heading does not stand at the foot of a page. */
const LINES_UNDER_HEADING = 6;

function setTitlePage(book: Book, { title, subtitle }: TypesetNovel): void {
  book.turnPage();
  book.leaveBare({ head: true, folio: true });
  book.skip(9);
  book.place(book.lines(title, TITLE), TITLE);
  book.skip(1);
  book.place(book.lines(subtitle, SUBTITLE), SUBTITLE);
}

/** Sets paragraphs one after the other; headings open a page or stand apart. */
function createSetter(book: Book) {
  let chapterStart = Number.NEGATIVE_INFINITY;
  let underHeading = false;
  const openChapter = (name: string) => {
    if (underHeading) return;
    book.nameChapter(name);
    if (book.pageCount - chapterStart >= PAGES_BEFORE_NEW_PAGE) {
      book.turnPage();
      book.leaveBare({ head: true, folio: false });
      book.skip(3);
    } else if (book.linesLeft < LINES_UNDER_HEADING) {
      book.turnPage();
    } else {
      book.skip(2);
    }
    chapterStart = book.pageCount;
  };
  return ({ kind, text }: ExportParagraph, style = STYLES[kind]) => {
    if (kind === 'heading') openChapter(text);
    else if (underHeading) book.skip(2);
    else if (chapterStart < 0) {
      book.turnPage();
      chapterStart = book.pageCount;
    }
    underHeading = kind === 'heading';
    book.place(book.lines(text, style), style);
  };
}

function setNotice(book: Book, set: ReturnType<typeof createSetter>, text: string): void {
  if (book.linesLeft < 3) book.turnPage();
  else book.skip(1);
  set({ kind: 'note', text }, NOTICE);
  book.skip(1);
}

/** A novel as an A5 book: title page, chapters, running heads, folios; gaps said where they are. */
export async function typesetNovel(novel: TypesetNovel): Promise<Uint8Array> {
  const texts = novel.passages.flatMap((passage) => {
    const notices = gapNotices(passage);
    return [...passage.paragraphs.map(({ text }) => text), ...(notices ? [notices.before, notices.after] : [])];
  });
  const book = await openBook({
    title: novel.title,
    date: novel.date,
    texts: [...texts, novel.subtitle, '0123456789…'],
  });
  setTitlePage(book, novel);
  const set = createSetter(book);
  for (const passage of novel.passages) {
    const notices = gapNotices(passage);
    if (notices) setNotice(book, set, notices.before);
    for (const paragraph of passage.paragraphs) set(paragraph);
    if (notices) setNotice(book, set, notices.after);
  }
  return book.save();
}
