import { BODY, type Book, HEADING, openBook } from '@/lib/exports/typeset';
import { dashSpeech, guillemetSpeech } from './novel-dialogue';
import { longSentence } from './novel-narration';
import { createRandom, type Random } from './novel-random';
import { shortSentence } from './novel-short-sentences';
import { TITLES } from './novel-words';

interface Sentinel {
  sentence: string;
  /** The page on which it starts; without it, sentinels are spread over the novel. */
  page?: number;
}

interface NovelOptions {
  seed: number;
  /** Exactly so many. */
  pages: number;
  title?: string;
  sentinels?: readonly Sentinel[];
}

/** A novel and the truth about it, in printed order. Headings count as paragraphs and as sentences of their own. */
export interface Novel {
  pdf: Uint8Array;
  title: string;
  paragraphs: string[];
  sentences: string[];
  /** The page on which each sentence starts. */
  sentencePages: number[];
  headings: string[];
}

interface Manuscript {
  paragraphs: string[];
  sentences: string[];
  sentencePages: number[];
  headings: string[];
}

const DATE = new Date('2001-01-01T00:00:00Z');
/** Every character the generator can print, so that the face is embedded before the first line is set. */
const ALPHABET = 'AZaz09ÀÂÇÉÈÊËÎÏÔŒÙÛàâçéèêëîïôœùûæ’«»—…;:!?.,-\u00a0()';
const SHORT_SHARE = 0.23;
/** Paragraphs that found no room on the last page before it counts as full. */
const MAX_MISFITS = 8;
const MIN_PAGES_PER_CHAPTER = 8;
const MAX_PAGES_PER_CHAPTER = 15;

function roman(value: number): string {
  const signs: [number, string][] = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let left = value;
  let out = '';
  for (const [worth, sign] of signs) {
    for (; left >= worth; left -= worth) out += sign;
  }
  return out;
}

const chapterName = (number: number) => (number === 1 ? 'Chapitre premier' : `Chapitre ${roman(number)}`);

/** Sentences that have not been printed yet. */
function createStory(random: Random) {
  const told = new Set<string>();
  const fresh = (make: () => string): string => {
    let sentence = make();
    for (let tries = 0; told.has(sentence) && tries < 50; tries += 1) sentence = make();
    told.add(sentence);
    return sentence;
  };
  const narrate = () => {
    if (random.chance(SHORT_SHARE)) return fresh(() => shortSentence(random));
    if (random.chance(0.06)) return fresh(() => guillemetSpeech(random));
    return fresh(() => longSentence(random, Math.min(60, 13 + Math.floor(-Math.log(1 - random.next()) * 13))));
  };
  const speak = () => {
    let speech = dashSpeech(random);
    for (let tries = 0; speech.some((sentence) => told.has(sentence)) && tries < 50; tries += 1)
      speech = dashSpeech(random);
    for (const sentence of speech) told.add(sentence);
    return speech;
  };
  let speechesLeft = 0;
  return {
    /** The sentences of the next paragraph. */
    nextParagraph: (): string[] => {
      if (speechesLeft > 0) {
        speechesLeft -= 1;
        return speak();
      }
      if (random.chance(0.3)) speechesLeft = random.between(1, 5);
      return Array.from({ length: random.between(2, 8) }, narrate);
    },
  };
}

/** Sets one paragraph and writes down where each of its sentences starts. */
function print(book: Book, sentences: string[], manuscript: Manuscript): void {
  const text = sentences.join(' ');
  const lines = book.lines(text, BODY);
  const pages = book.place(lines, BODY);
  manuscript.paragraphs.push(text);
  let offset = 0;
  for (const sentence of sentences) {
    const line = lines.findLastIndex(({ start }) => start <= offset);
    manuscript.sentences.push(sentence);
    manuscript.sentencePages.push(pages[line] ?? book.pageCount);
    offset += sentence.length + 1;
  }
}

function openChapter(book: Book, number: number, manuscript: Manuscript): void {
  const name = chapterName(number);
  book.turnPage();
  book.nameChapter(name);
  book.leaveBare({ head: true, folio: false });
  book.skip(3);
  book.place(book.lines(name, HEADING), HEADING);
  book.skip(2);
  manuscript.headings.push(name);
  manuscript.paragraphs.push(name);
  manuscript.sentences.push(name);
  manuscript.sentencePages.push(book.pageCount);
}

/** As many of the sentences as the rest of the last page holds. */
function fitting(book: Book, sentences: string[]): string[] {
  let count = sentences.length;
  while (count > 0 && book.lines(sentences.slice(0, count).join(' '), BODY).length > book.linesLeft) count -= 1;
  return sentences.slice(0, count);
}

const placed = (sentinels: readonly Sentinel[], pages: number) =>
  sentinels
    .map(({ sentence, page }, index) => ({
      sentence,
      page: page ?? 1 + Math.floor((index * pages) / sentinels.length),
    }))
    .sort((one, other) => one.page - other.page);

/** Sets paragraphs until the last page is full. */
function fillBook(book: Book, pages: number, sentinels: Required<Sentinel>[], random: Random): Manuscript {
  const manuscript: Manuscript = { paragraphs: [], sentences: [], sentencePages: [], headings: [] };
  const story = createStory(random);
  const waiting = [...sentinels];
  let chapterEnds = 0;
  const startPage = () => {
    const [next] = waiting;
    const mustStay = book.pageCount > 0 && next !== undefined && next.page <= book.pageCount;
    if (book.pageCount >= pages || mustStay) return;
    if (book.pageCount >= chapterEnds) {
      openChapter(book, manuscript.headings.length + 1, manuscript);
      chapterEnds = book.pageCount + random.between(MIN_PAGES_PER_CHAPTER, MAX_PAGES_PER_CHAPTER);
    } else if (book.linesLeft < 2) {
      book.turnPage();
    }
  };
  const draft = (): string[] => {
    const [next] = waiting;
    if (!next || next.page > book.pageCount) return story.nextParagraph();
    waiting.shift();
    return [next.sentence, ...story.nextParagraph().filter((sentence) => !sentence.startsWith('—'))];
  };
  for (let misfits = 0; misfits < MAX_MISFITS; ) {
    startPage();
    const drafted = draft();
    const sentences = book.pageCount >= pages ? fitting(book, drafted) : drafted;
    if (sentences.length > 0) print(book, sentences, manuscript);
    else misfits += 1;
  }
  return manuscript;
}

/** A French novel of our own in so many pages, typeset as a book; the same options give the same bytes. */
export async function makeNovel({ seed, pages, title: wanted, sentinels = [] }: NovelOptions): Promise<Novel> {
  const random = createRandom(seed);
  const title = wanted ?? random.pick(TITLES);
  const texts = [ALPHABET, title, ...sentinels.map(({ sentence }) => sentence)];
  const book = await openBook({ title, texts, date: DATE });
  const manuscript = fillBook(book, pages, placed(sentinels, pages), random);
  return { pdf: await book.save(), title, ...manuscript };
}

/** An ordinary long sentence that carries a marker word, for a fake model to stumble over. */
export const sentinelSentence = (marker: string) =>
  `Dans le registre du port, le vieux gardien nota que le navire ${marker} était rentré à l’aube, mais personne ne voulut croire ce qu’il avait écrit ce jour-là.`;
