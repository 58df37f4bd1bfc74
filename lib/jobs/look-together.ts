import { getJob, type VersionedJob } from './queries';

const looks = new Map<string, Promise<VersionedJob>>();

/**
 * As getJob, asked once for all who look in the same turn: a change is told to every reader of a job at once. Whoever
 * looks later looks anew, since the job may have changed after the question was sent.
 */
export function lookTogether(userId: string, jobId: string): Promise<VersionedJob> {
  const key = `${userId} ${jobId}`;
  const shared = looks.get(key);
  if (shared) return shared;
  const look = getJob(userId, jobId);
  looks.set(key, look);
  setImmediate(() => looks.delete(key));
  return look;
}
