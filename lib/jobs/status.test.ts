import { describe, expect, it } from 'vitest';
import { canTransition, isTerminal, JOB_STATUSES, type JobStatus, type JobTransition } from './status';

const LEGAL: Record<JobTransition, JobStatus[]> = {
  start: ['pending'],
  finish: ['processing'],
  fail: ['pending', 'processing'],
  cancel: ['pending', 'processing'],
  requeue: ['processing'],
  retry: ['completed', 'failed', 'cancelled'],
};

describe('the life of a job', () => {
  for (const [transition, legal] of Object.entries(LEGAL) as [JobTransition, JobStatus[]][]) {
    it.each(JOB_STATUSES)(`knows whether a %s job may ${transition}`, (status) => {
      expect(canTransition(status, transition)).toBe(legal.includes(status));
    });
  }

  it('ends in completed, failed and cancelled', () => {
    expect(JOB_STATUSES.filter(isTerminal)).toEqual(['completed', 'failed', 'cancelled']);
  });
});
