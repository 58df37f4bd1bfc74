import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '@/lib/jobs/schema';
import type { JobStatus } from '@/lib/jobs/status';
import { errorOf, unreachable } from './api-error';
import type { TaggedJob } from './job-calls';
import { retryDelayMs, watchJob } from './watch-job';

const jobAs = (status: JobStatus, percent: number): Job => ({
  id: 'j1',
  status,
  progress_percent: percent,
  current_step: { code: 'rewriting', text: '' },
  total_chunks: 1,
  processed_chunks: 0,
  failed_chunks: [],
  retry_count: 0,
  max_retries: 3,
  is_cancelled: false,
  cancelled_at: null,
  cancelled_by: null,
  task_id: 'j1-0',
  engine: 'offline',
  gemini_model: 'balanced',
  sentence_length_limit: 8,
  settings: {
    sentence_length_limit: 8,
    min_sentence_length: 2,
    gemini_model: 'balanced',
    ignore_dialogue: false,
    fix_hyphenation: true,
    preserve_formatting: true,
  },
  gemini_api_calls: 0,
  gemini_tokens_used: 0,
  processing_time_seconds: 0,
  queue_seconds: 0,
  sentences: { total: 0, done: 0, kept: 0, rewritten: 0, skipped: 0, failed: 0, cached: 0 },
  pages: 1,
  novel: { name: 'a.pdf', sha256: '' },
  estimated_credits: 0,
  reserved_credits: 0,
  actual_credits: 0,
  partial: false,
  error: null,
  created_at: '2026-01-01T00:00:00Z',
  started_at: null,
  completed_at: null,
  links: {},
});

type Answer = TaggedJob | undefined | Error;

/** A server that gives these answers, one after the other, and remembers what it was asked with. */
function serverWith(answers: Answer[]) {
  const etags: (string | null)[] = [];
  return {
    etags,
    eventsUrl: () => undefined,
    findChangedJob: async (_jobId: string, etag: string | null) => {
      etags.push(etag);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

const until = (watch: (done: () => void) => void) => new Promise<void>(watch);

describe('watching a job without events', () => {
  it('asks with the last tag, passes on what changed, and stops at the end', async () => {
    const server = serverWith([
      { job: jobAs('processing', 10), etag: 'a' },
      undefined,
      { job: jobAs('completed', 100), etag: 'b' },
    ]);
    const seen: number[] = [];
    await until((done) =>
      watchJob(server, 'j1', {
        onJob: ({ status, progress_percent }) => {
          seen.push(progress_percent);
          if (status === 'completed') done();
        },
      }),
    );
    expect(seen).toEqual([10, 100]);
    expect(server.etags).toEqual([null, 'a', 'a']);
  });

  it('says that the connection is lost, tries again, and says that it is back', async () => {
    const server = serverWith([unreachable(), { job: jobAs('completed', 100), etag: 'a' }]);
    const events: string[] = [];
    await until((done) =>
      watchJob(server, 'j1', {
        onLost: (isLost) => events.push(isLost ? 'lost' : 'back'),
        onJob: () => {
          events.push('job');
          done();
        },
      }),
    );
    expect(events.slice(0, 2)).toEqual(['lost', 'back']);
    expect(events.at(-1)).toBe('job');
  });

  it('gives up a job that is gone', async () => {
    const server = serverWith([errorOf(404, '', null)]);
    await until((done) => watchJob(server, 'j1', { onJob: () => undefined, onGone: () => done() }));
    expect(server.etags).toHaveLength(1);
  });

  it('is silent once it was stopped', async () => {
    const server = serverWith([{ job: jobAs('processing', 10), etag: 'a' }]);
    const seen: number[] = [];
    watchJob(server, 'j1', { onJob: ({ progress_percent }) => seen.push(progress_percent) })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([]);
  });

  it('never waits longer than eight seconds, and never less than before', () => {
    fc.assert(
      fc.property(fc.nat(2000), (failures) => {
        expect(retryDelayMs(failures)).toBeLessThanOrEqual(8_000);
        expect(retryDelayMs(failures + 1)).toBeGreaterThanOrEqual(retryDelayMs(failures));
      }),
    );
  });
});

describe('watching a job from a page', () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const turn = (hidden: boolean) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', page);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    page.hidden = false;
  });

  it('asks nothing while it is hidden, and at once when it is seen again', async () => {
    const server = serverWith([{ job: jobAs('processing', 10), etag: 'a' }]);
    const stop = watchJob(server, 'j1', { onJob: () => undefined });
    await vi.advanceTimersByTimeAsync(2_100);
    expect(server.etags).toHaveLength(5);
    turn(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.etags).toHaveLength(5);
    turn(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(server.etags).toEqual([null, 'a', 'a', 'a', 'a', 'a']);
    stop();
    turn(false);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(server.etags).toHaveLength(6);
  });

  /** A server that takes so long over its answer. */
  const slowServer = (delayMs: number, eventsUrl?: string) => ({
    asked: 0,
    eventsUrl: () => eventsUrl,
    async findChangedJob() {
      this.asked += 1;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return undefined;
    },
  });

  it('asks nothing more when it is hidden while it is answered', async () => {
    const server = slowServer(50);
    const stop = watchJob(server, 'j1', { onJob: () => undefined });
    turn(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toBe(1);
    stop();
  });

  it('asks no more often after it was hidden and seen many times', async () => {
    const server = slowServer(50);
    const stop = watchJob(server, 'j1', { onJob: () => undefined });
    for (const hidden of [true, false, true, false, true, false]) turn(hidden);
    server.asked = 0;
    await vi.advanceTimersByTimeAsync(5_500);
    expect(server.asked).toBe(10);
    stop();
  });

  it('leaves no stream open behind it', async () => {
    const open = new Set<object>();
    class Stream extends EventTarget {
      onerror?: () => void;
      constructor() {
        super();
        open.add(this);
      }
      close() {
        open.delete(this);
      }
    }
    vi.stubGlobal('EventSource', Stream);
    const stop = watchJob(slowServer(50, '/events'), 'j1', { onJob: () => undefined });
    for (const stream of open) (stream as Stream).onerror?.();
    // The question that takes the place of the stream is under way.
    await vi.advanceTimersByTimeAsync(510);
    turn(true);
    turn(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(open.size).toBe(1);
    stop();
    expect(open.size).toBe(0);
  });

  it('begins to ask only when it is first seen', async () => {
    const server = serverWith([]);
    page.hidden = true;
    const stop = watchJob(server, 'j1', { onJob: () => undefined });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.etags).toEqual([]);
    turn(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(server.etags).toEqual([null]);
    stop();
  });
});
