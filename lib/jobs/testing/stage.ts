import type { Random } from '@/e2e/support/novel-random';

/** Work that can be stopped, and forgotten, at any of its steps. */
export type Actor = AsyncGenerator<undefined, void>;

/** One job under test, with all that acts on it. */
export interface Stage {
  random: Random;
  jobId: string;
  userId: string;
  /** Runs and steps, some of them forgotten by the engine that they once worked for. */
  actors: Set<Actor>;
  /** What is left of earlier runs while a new one brings the job to its end. */
  old: Set<Actor>;
  /** Each ends the work on a chunk, if it goes on. */
  crashes: (() => Promise<void>)[];
  /** Every model call that was paid. */
  calls: number;
  moves: number;
  retries: number;
  runs: number;
  /** How likely a chunk fails. */
  failures: number;
}
