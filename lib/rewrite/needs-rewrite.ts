import type { Sentence } from '@/lib/french/novel-text';
import { countWords } from '@/lib/french/words';

const SKIP_REASONS = ['heading', 'note', 'verse', 'dialogue'] as const;
type SkipReason = (typeof SKIP_REASONS)[number];

export type Decision = 'rewrite' | 'keep' | { skip: SkipReason };

export interface DecisionSettings {
  maxWords: number;
  ignoreDialogue: boolean;
}

/** At or under the limit a sentence is kept, whatever its kind; over it, only prose is rewritten. */
export function decide({ kind, text }: Pick<Sentence, 'kind' | 'text'>, settings: DecisionSettings): Decision {
  if (countWords(text) <= settings.maxWords) return 'keep';
  if (kind === 'narration') return 'rewrite';
  if (kind === 'dialogue') return settings.ignoreDialogue ? { skip: 'dialogue' } : 'rewrite';
  return { skip: kind };
}
