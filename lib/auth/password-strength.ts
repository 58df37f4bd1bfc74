import { AppError } from '@/lib/errors';
import { createOffloader, OffloadError } from '@/lib/offload';
import type { StrengthTask } from './strength-worker';

/** The lists of leaked passwords and names take 40 MB and a long password a second: not in the web process. */
const offloader = createOffloader('lib/auth/strength-worker.ts', { processes: 1, idleMs: 60_000 });
const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 400 };
/** The judge's time grows faster than the length, and what is this long is strong by then or a repetition. */
const JUDGED = 40;

/** Why the password is guessable, in a sentence; undefined when it is not. */
export async function findWeakness(password: string, personal: string[]): Promise<string | undefined> {
  const task: StrengthTask = { password: password.slice(0, JUDGED), personal };
  try {
    return await offloader.run<string | undefined>(task, LIMITS);
  } catch (error) {
    if (!(error instanceof OffloadError)) throw error;
    throw new AppError('UNAVAILABLE', undefined, { cause: error });
  }
}
