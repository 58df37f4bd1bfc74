import { describe, expect, it } from 'vitest';
import type { Chunk } from '@/lib/jobs/schema';
import { chunkMarks, countByStatus } from './chunk-marks';

const failed = { chunk: 2, pages: '31–45', code: 'MODEL_TIMEOUT', retryable: true, attempts: 3 };

describe('the marks of the chunk bar', () => {
  it('follow the chunks once they are known', () => {
    const chunk: Chunk = {
      index: 0,
      page_start: 1,
      page_end: 15,
      status: 'processing',
      attempts: 1,
      sentences: 0,
      method: null,
      tokens: 0,
      error: null,
    };
    const marks = chunkMarks({ total_chunks: 9, processed_chunks: 4, failed_chunks: [] }, [chunk]);
    expect(marks).toEqual([{ index: 0, status: 'processing' }]);
  });

  it('stand for the job’s counts until then', () => {
    const marks = chunkMarks({ total_chunks: 5, processed_chunks: 2, failed_chunks: [failed] }, []);
    expect(marks.map(({ status }) => status)).toEqual(['done', 'done', 'failed', 'pending', 'pending']);
    expect(countByStatus(marks)).toEqual({ done: 2, failed: 1, pending: 2, processing: 0 });
  });
});
