import { AppError } from '@/lib/errors';

/** A disk that is full or fails is no fault of who sends or asks, and may be mended. */
export const ofDisk = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'The disk of DATA_DIR refuses it.', { cause });
  });
