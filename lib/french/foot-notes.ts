import type { TextLine } from './novel-text';
import type { Leaf } from './page-leaves';

const NOTE_SIZE = 0.92;
const NOTE_START = /^[([]?(\d{1,3}|\*{1,3}|†)[.)\]\s]*(?=[\p{L}«“"])/u;

export const NOTES_TITLE = /^notes?(?: de (?:fin|l[’']auteur|l[’']éditeur))?\.?$/iu;

export const isSmall = (line: TextLine, bodySize: number) => line.fontSize < bodySize * NOTE_SIZE;

/** Parts the small lines at the foot of a leaf from its text. A note that began on the leaf before may run on here. */
export function splitNotes(leaf: Leaf, bodySize: number, runsOn: boolean): { body: Leaf; notes: string[][] } {
  const start = leaf.lines.findLastIndex((line) => !isSmall(line, bodySize)) + 1;
  const foot = leaf.lines.slice(start);
  const hasStart = foot.some((line) => NOTE_START.test(line.text));
  const isUnderTitle = NOTES_TITLE.test(leaf.lines[start - 1]?.text.trim() ?? '');
  if (start === 0 || foot.length === 0 || isUnderTitle || !(hasStart || runsOn)) return { body: leaf, notes: [] };
  const notes: string[][] = [];
  for (const { text } of foot) {
    const note = notes.at(-1);
    if (note === undefined || NOTE_START.test(text)) notes.push([text.replace(NOTE_START, '')]);
    else note.push(text);
  }
  const marks = foot.flatMap(({ text }) => NOTE_START.exec(text)?.[1] ?? []);
  const lines = leaf.lines.slice(0, start).map((line) => ({ ...line, text: withoutCalls(line.text, marks) }));
  return { body: { ...leaf, lines }, notes };
}

/** Some fonts have raised figures of their own, so that a call looks like a figure of the text: « habile1, ». */
function withoutCalls(text: string, marks: string[]): string {
  return text.replace(/(?<=[\p{L}.,;!?…»])\s?[([]?(\d{1,3}|\*{1,3}|†)[)\]]?(?![\p{L}\d])/gu, (call, mark: string) =>
    marks.includes(mark) ? '' : call,
  );
}
