import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { splitSentences } from '@/lib/french/split-sentences';
import { log } from '@/lib/log';
import { SAMPLE_PDF } from '@/lib/sample';
import { readNovelText } from './read-novel-text';
import { noPagesTaken } from './read-untaken-pages';
import { readAlong } from './second-reader';

/** As many pages as a novel has. */
const ROUNDS = 30;
/** A small novel is done by then: practice must not take the cores from a job that somebody waits for. */
const REST_MS = 3_000;

let left = ROUNDS;
let isPaused = true;
let round: Promise<void> = Promise.resolve();
let timer: NodeJS.Timeout | undefined;

/**
 * A process that reads novels will read long ones: while nobody waits, both of its threads read the sample again and again,
 * so that what reading runs through is compiled by then, and its memory at hand. Saves a fifth of the time of the next 500
 * pages.
 */
export function practiseSoon(): void {
  clearTimeout(timer);
  if (left > 0) timer = setTimeout(practise, REST_MS);
}

/** Ends the practice for now; what goes on takes a moment, since both threads are needed for it. */
export function pausePractice(): Promise<void> {
  clearTimeout(timer);
  isPaused = true;
  return round;
}

/** Until a novel comes. */
export async function practise(): Promise<void> {
  isPaused = false;
  while (left > 0 && !isPaused) {
    left -= 1;
    round = readSample().catch((error: unknown) => {
      left = 0;
      log.warn({ err: error }, 'the sample could not be read for practice');
    });
    await round;
    await setImmediate();
  }
}

async function readSample(): Promise<void> {
  const bytes = await readFile(SAMPLE_PDF);
  const along = readAlong({ bytes, taken: noPagesTaken() });
  const { paragraphs } = await readNovelText(bytes, { fixHyphenation: true });
  splitSentences(paragraphs);
  await along;
}
