import { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';
import type { Api } from './api';
import { isApiError } from './api-error';

interface JobWatcher {
  onJob: (job: Job) => void;
  /** `true` as soon as neither stream nor question gets through, `false` when one does again. */
  onLost?: (isLost: boolean) => void;
  /** The job cannot be watched any more: deleted, or no longer ours. */
  onGone?: (error: unknown) => void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
const GONE = [401, 403, 404];

/** Doubles from half a second; a lost connection is tried again for as long as somebody watches. */
export const retryDelayMs = (failures: number): number => Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);

/**
 * Follows a job until it ends or the returned function is called. Listens to its events where that is possible and
 * asks again and again where it is not; both carry the same whole job, so nothing is missed by changing over.
 * Rests while the page is hidden.
 */
export function watchJob(api: Pick<Api, 'eventsUrl' | 'findChangedJob'>, jobId: string, watcher: JobWatcher) {
  const stopping = new AbortController();
  /** Until the next rest: what was asked before it goes on with nothing. */
  let turn = new AbortController();
  const url = api.eventsUrl(jobId);
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let etag: string | null = null;

  const deliver = (job: Job) => {
    if (stopping.signal.aborted) return;
    watcher.onLost?.(false);
    watcher.onJob(job);
    if (isTerminal(job.status)) stop();
  };
  const listen = () => {
    if (url === undefined) return ask();
    source = new EventSource(url);
    source.addEventListener('job', (event: MessageEvent<string>) => {
      failures = 0;
      deliver(Job.parse(JSON.parse(event.data)));
    });
    source.onerror = () => {
      rest();
      timer = setTimeout(ask, retryDelayMs(failures++));
    };
  };
  const ask = async () => {
    const { signal } = turn;
    try {
      const changed = await api.findChangedJob(jobId, etag, { signal });
      if (signal.aborted) return;
      etag = changed?.etag ?? etag;
      watcher.onLost?.(false);
      if (changed) deliver(changed.job);
      if (signal.aborted) return;
      if (url === undefined) timer = setTimeout(ask, FIRST_DELAY_MS);
      else listen();
    } catch (error) {
      if (signal.aborted) return;
      if (isApiError(error) && GONE.includes(error.status)) {
        stop();
        return watcher.onGone?.(error);
      }
      watcher.onLost?.(true);
      timer = setTimeout(ask, retryDelayMs(failures++));
    }
  };
  const rest = () => {
    turn.abort();
    turn = new AbortController();
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const stop = () => {
    stopping.abort();
    rest();
  };
  const wakeOrRest = () => {
    rest();
    if (!document.hidden) listen();
  };

  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', wakeOrRest, { signal: stopping.signal });
  }
  if (typeof document === 'undefined' || !document.hidden) listen();
  return stop;
}
