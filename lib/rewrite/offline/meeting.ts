import type { VerbUse } from '@/lib/french/clauses';
import type { Border } from './borders';

/** What stands at the border: the clause whose verb is `main` ends there, that of `next` follows. */
export interface Meeting {
  border: Border;
  /** The verbs before the border. */
  before: VerbUse[];
  main: VerbUse;
  next: VerbUse;
}
