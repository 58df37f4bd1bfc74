import { isSmall, NOTES_TITLE } from './foot-notes';
import type { Draft } from './paragraph-flow';

const NUMBERED = /^[([]?\d{1,3}[.)\]]\s/u;

/** Paragraphs under the heading « Notes », in small type or numbered, are notes like those at the foot of a page. */
export function withEndNotes(drafts: Draft[], bodySize: number): Draft[] {
  let isInNotes = false;
  return drafts.map((draft) => {
    const first = draft.lines[0]?.line.text.trim() ?? '';
    if (draft.kind === 'heading') isInNotes = NOTES_TITLE.test(first);
    const isNote = NUMBERED.test(first) || draft.lines.every(({ line }) => isSmall(line, bodySize));
    return isInNotes && draft.kind !== 'heading' && isNote ? { ...draft, kind: 'note' } : draft;
  });
}
