import { AsyncResource } from 'node:async_hooks';
import { sql } from '@/db/client';
import { JOB_STATUSES, type JobStatus } from './status';

/** What a job is after a change; undefined when a connection was lost, and with it what was announced meanwhile. */
export type Announcement = { status: JobStatus | 'deleted'; runId: string | null } | undefined;

type Listener = (now: Announcement) => void;

interface Watch {
  /** By the id of a job or of a user. */
  listeners: Map<string, Set<Listener>>;
  listening: Promise<unknown>;
}

declare global {
  // On globalThis: Next loads a module once per route bundle, and one process shall hold one LISTEN connection.
  var frenchNovelJobWatch: Watch | undefined;
}

function watch(): Watch {
  if (globalThis.frenchNovelJobWatch) return globalThis.frenchNovelJobWatch;
  const listeners: Watch['listeners'] = new Map();
  const tell = (id: string, now: Announcement) => {
    for (const listener of listeners.get(id) ?? []) listener(now);
  };
  const hear = (payload: string) => {
    const [jobId = '', told, runId = null] = payload.split(' ');
    const status = [...JOB_STATUSES, 'deleted' as const].find((known) => known === told);
    tell(jobId, status && { status, runId });
  };
  const tellAll = () => {
    for (const id of listeners.keys()) tell(id, undefined);
  };
  // postgres.js reconnects by itself; what was announced meanwhile is lost, so everybody looks again.
  const listening = Promise.all([
    sql().listen('job_changed', hear, tellAll),
    sql().listen('access_changed', (userId) => tell(userId, undefined)),
  ]);
  const started = { listeners, listening };
  globalThis.frenchNovelJobWatch = started;
  // Whoever waits for it is told; the next to come tries anew.
  listening.catch(() => {
    if (globalThis.frenchNovelJobWatch === started) globalThis.frenchNovelJobWatch = undefined;
  });
  return started;
}

/** Begins to listen before anybody does. */
export const listenAhead = () => watch().listening;

/** Calls `listener` after every committed change of the job, by whichever process. Returns how to stop. */
export const onJobChange = (jobId: string, listener: Listener): Promise<() => void> => listen(jobId, listener);

/**
 * Calls `listener` whenever a key or the sessions of the user may have ended. It is heard before any change of a job that
 * was committed later.
 */
export const onAccessChange = (userId: string, listener: () => void): Promise<() => void> =>
  listen(userId, () => listener());

async function listen(id: string, listener: Listener): Promise<() => void> {
  const { listeners, listening } = watch();
  const own = listeners.get(id) ?? new Set();
  // What it does belongs to whoever listens, not to whoever listened first: the connections it takes, the facts it logs.
  const told = AsyncResource.bind(listener);
  own.add(told);
  listeners.set(id, own);
  await listening;
  return () => {
    own.delete(told);
    if (own.size === 0) listeners.delete(id);
  };
}
