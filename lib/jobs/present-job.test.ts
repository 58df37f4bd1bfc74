import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChunkRow, type JobRow, type NovelRow, toJob } from './present-job';
import { Job } from './schema';

const START = new Date('2026-01-01T10:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

const novel: NovelRow = {
  id: 'n',
  userId: 'u',
  name: 'novel.pdf',
  sha256: 'a'.repeat(64),
  bytes: 1,
  pages: 100,
  storageKey: null,
  createdAt: START,
};
const waiting: JobRow = {
  id: 'j',
  userId: 'u',
  novelId: 'n',
  status: 'pending',
  step: 'queued',
  partial: false,
  engine: 'offline',
  geminiModel: 'balanced',
  maxWords: 8,
  minWords: 2,
  ignoreDialogue: false,
  fixHyphenation: true,
  preserveFormatting: true,
  settingsChanged: false,
  workers: 3,
  totalChunks: 5,
  processedChunks: 0,
  failedChunks: 0,
  sentencesTotal: 0,
  sentencesKept: 0,
  sentencesRewritten: 0,
  sentencesSkipped: 0,
  sentencesFailed: 0,
  sentencesCached: 0,
  modelCalls: 0,
  modelTokens: 0,
  runId: null,
  waitsUntil: null,
  retryCount: 0,
  estimatedTokens: 0,
  estimatedCredits: 0,
  reservedCredits: 0,
  actualCredits: 0,
  tokensBeforeRun: 0,
  fileDueAt: null,
  pagesByKind: {},
  errorCode: null,
  errorDetail: null,
  cancelledAt: null,
  cancelledBy: null,
  version: 1,
  createdAt: START,
  queuedAt: START,
  startedAt: null,
  idleSince: null,
  idleMs: 0,
  completedAt: null,
  updatedAt: START,
};
const chunk: ChunkRow = {
  jobId: 'j',
  index: 0,
  pageStart: 1,
  pageEnd: 20,
  status: 'failed',
  attempts: 2,
  sentences: 3,
  modelCalls: 0,
  modelTokens: 0,
  lastSettlement: null,
  errorCode: 'MODEL_BLOCKED',
  errorDetail: 'Declined.',
};
const running: JobRow = { ...waiting, status: 'processing', step: 'rewriting', startedAt: after(2) };

const COUNTERS = ['sentencesKept', 'sentencesRewritten', 'sentencesSkipped', 'sentencesFailed'] as const;

it('never lets the progress fall, and says 100 only at the end, however the sentences are settled', () => {
  const settlements = fc.array(fc.tuple(fc.constantFrom(...COUNTERS), fc.integer({ min: 0, max: 400 })));
  fc.assert(
    fc.property(settlements, fc.integer({ min: 0, max: 50 }), (steps, unsettled) => {
      const sentencesTotal = steps.reduce((sum, [, count]) => sum + count, unsettled);
      let job: JobRow = { ...waiting };
      const shown = [toJob(job, novel, []).progress_percent];
      const show = (next: JobRow) => {
        job = next;
        shown.push(toJob(job, novel, []).progress_percent);
      };
      show({ ...job, status: 'processing', step: 'reading', startedAt: after(1) });
      show({ ...job, sentencesTotal, step: 'rewriting' });
      for (const [counter, count] of steps) show({ ...job, [counter]: job[counter] + count });
      expect(shown).toEqual(shown.toSorted((one, other) => one - other));
      expect(shown.at(-1)).toBeLessThan(100);
      for (const status of ['cancelled', 'failed'] as const) {
        expect(toJob({ ...job, status }, novel, []).progress_percent).toBe(shown.at(-1));
      }
      expect(toJob({ ...job, status: 'completed' }, novel, []).progress_percent).toBe(100);
    }),
  );
});

it('shows a job that waits', () => {
  const job = toJob(waiting, novel, []);
  expect(Job.parse(job)).toEqual(job);
  expect(job).toMatchObject({
    progress_percent: 0,
    current_step: { code: 'queued', text: 'Waiting to start' },
    task_id: 'j-0',
    retry_count: 0,
    max_retries: 20,
    processing_time_seconds: 0,
    started_at: null,
    error: null,
    links: { self: '/api/v1/jobs/j', cancel: '/api/v1/jobs/j/cancel' },
  });
});

it('counts the chunk that is being processed, and no more than there are', () => {
  const textAt = (processedChunks: number, failedChunks = 0) =>
    toJob({ ...running, processedChunks, failedChunks }, novel, []).current_step.text;
  expect([textAt(0), textAt(3, 1), textAt(5)]).toEqual([
    'Processing chunk 1/5',
    'Processing chunk 5/5',
    'Processing chunk 5/5',
  ]);
});

it('shows what failed, where and why, and that it has an end', () => {
  const ended = {
    ...running,
    status: 'completed',
    step: 'completed',
    partial: true,
    completedAt: after(12.34),
  } as const;
  const job = toJob({ ...ended, failedChunks: 2 }, novel, [
    chunk,
    { ...chunk, index: 4, pageStart: 90, pageEnd: 90, errorCode: 'MODEL_TIMEOUT' },
  ]);
  expect(job.failed_chunks).toEqual([
    { chunk: 0, pages: '1–20', code: 'MODEL_BLOCKED', retryable: false, attempts: 2 },
    { chunk: 4, pages: '90', code: 'MODEL_TIMEOUT', retryable: true, attempts: 2 },
  ]);
  expect(job).toMatchObject({
    queue_seconds: 2,
    processing_time_seconds: 10.3,
    current_step: { text: 'Done, with gaps' },
  });
  expect(job.links.cancel).toBeUndefined();
});

it('shows a failure with its reason and a cancel with its author', () => {
  const failed = toJob(
    { ...running, status: 'failed', step: 'failed', errorCode: 'PDF_NO_TEXT', completedAt: after(3) },
    novel,
    [],
  );
  expect(failed.error).toEqual({ code: 'PDF_NO_TEXT', detail: '' });
  const cancelled = {
    ...running,
    status: 'cancelled',
    step: 'cancelled',
    cancelledAt: after(4),
    cancelledBy: 'me',
  } as const;
  expect(toJob({ ...cancelled, completedAt: after(4) }, novel, [])).toMatchObject({
    is_cancelled: true,
    cancelled_by: 'me',
    cancelled_at: '2026-01-01T10:00:04.000Z',
  });
});
