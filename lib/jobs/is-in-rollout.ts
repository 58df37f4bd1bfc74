import { createHash } from 'node:crypto';

/** Whether this user is among the first `percent` of a hundred: always the same answer, and a yes stays a yes as it grows. */
export const isInRollout = (userId: string, percent: number): boolean =>
  createHash('sha256').update(userId).digest().readUInt32BE(0) % 100 < percent;
