/** The life of a job. Nothing leaves a terminal state but by `retry`. */
export const JOB_STATUSES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const JOB_TRANSITIONS = {
  start: { from: ['pending'], to: 'processing' },
  finish: { from: ['processing'], to: 'completed' },
  fail: { from: ['pending', 'processing'], to: 'failed' },
  cancel: { from: ['pending', 'processing'], to: 'cancelled' },
  /** Its run is lost; another is to go on. */
  requeue: { from: ['processing'], to: 'pending' },
  retry: { from: ['completed', 'failed', 'cancelled'], to: 'pending' },
} as const satisfies Record<string, { from: readonly JobStatus[]; to: JobStatus }>;

export type JobTransition = keyof typeof JOB_TRANSITIONS;

export const canTransition = (status: JobStatus, transition: JobTransition): boolean =>
  JOB_TRANSITIONS[transition].from.some((from) => from === status);

export const isTerminal = (status: JobStatus | 'deleted'): boolean => status !== 'pending' && status !== 'processing';

export const CHUNK_STATUSES = ['pending', 'processing', 'done', 'failed'] as const;
export type ChunkStatus = (typeof CHUNK_STATUSES)[number];

export const SENTENCE_STATUSES = ['pending', 'kept', 'rewritten', 'skipped', 'failed'] as const;
export type SentenceStatus = (typeof SENTENCE_STATUSES)[number];

/** Where a job is, as a stable code; the text beside it is for people. */
export const JOB_STEPS = ['queued', 'reading', 'rewriting', 'completed', 'failed', 'cancelled'] as const;
export type JobStep = (typeof JOB_STEPS)[number];

/** How often a reader may have a job tried again. A novel that the model's quota of a day does not do needs some. */
export const MAX_RETRIES = 20;
