import { describe, expect, it } from 'vitest';
import type { SentencePair } from '@/lib/jobs/schema';
import { commonLack } from './common-lack';

const page = (...statuses: SentencePair['status'][]) => statuses.map((status) => ({ status }));

describe('what all sentences of a page lack', () => {
  it('is said when none that had to be rewritten was', () => {
    expect(commonLack(page('kept', 'failed', 'failed', 'skipped'))).toBe('failed');
    expect(commonLack(page('pending', 'kept'))).toBe('pending');
  });

  it('is not said of a page that lacks nothing', () => {
    expect(commonLack([])).toBeUndefined();
    expect(commonLack(page('kept', 'rewritten', 'skipped'))).toBeUndefined();
  });

  it('is left to each sentence where they differ', () => {
    expect(commonLack(page('rewritten', 'failed'))).toBeUndefined();
    expect(commonLack(page('pending', 'failed'))).toBeUndefined();
  });
});
