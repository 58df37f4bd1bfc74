import { AsyncLocalStorage } from 'node:async_hooks';
import type { JobStart } from '@/lib/jobs/job-start';
import type { Transaction } from '@/lib/jobs/lock-job';

/** The key of the request that is being answered. */
export interface Key {
  /** Whose the answer is. */
  userId: string | null;
  /** Of an answer that holds tokens: with what they end. */
  session?: { userId: string; epoch: number; family: string };
  /** The job that an earlier request with this key has made, though its answer was not kept. */
  jobId: string | undefined;
  /** Writes into the key's row which job is made now. */
  name: (tx: Transaction, jobId: string) => Promise<void>;
}

const current = new AsyncLocalStorage<Key>();

/** Whatever makes a job during `answer` does so under this key. */
export const underKey = <T>(key: Key, answer: () => T): T => current.run(key, answer);

/**
 * In the transaction that makes a job, or starts a further run of it: whoever sends the request again, because its answer
 * was an error or never came, is told of this job and pays nothing twice.
 */
export const nameJob = async (tx: Transaction, jobId: string): Promise<void> => current.getStore()?.name(tx, jobId);

/** The id of the job that `make` makes, or that was made under the same key before. */
export const makeOnce = async (make: () => Promise<JobStart>): Promise<string> =>
  current.getStore()?.jobId ?? (await make()).jobId;

/** Where nobody was identified before: whose the answer is. It goes with them. */
export function nameUser(userId: string): void {
  const key = current.getStore();
  if (key) key.userId = userId;
}

/** The answer holds tokens of the user's: it is not repeated once they have ended. */
export function nameSession(userId: string, epoch: number, family: string): void {
  const key = current.getStore();
  if (key) Object.assign(key, { userId, session: { userId, epoch, family } });
}
