import { AppError } from '@/lib/errors';

interface Turns {
  atOnce: number;
  /** Who comes after so many is told to come back later. */
  mostWaiting: number;
  tooMany: () => AppError;
}

/**
 * Does each work when it is its turn, first come, first served. Whoever goes away gives up their place. Throws
 * `tooMany` when too many wait, CANCELLED for who went away.
 */
export function takeTurns({ atOnce, mostWaiting, tooMany }: Turns) {
  const waiting = new Set<() => void>();
  let running = 0;

  const wait = (signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.delete(begin);
        reject(cancelled(signal));
      };
      const begin = () => {
        waiting.delete(begin);
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.add(begin);
    });

  return async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    if (signal?.aborted) throw cancelled(signal);
    if (running < atOnce) running += 1;
    else if (waiting.size < mostWaiting) await wait(signal);
    else throw tooMany();
    try {
      return await work();
    } catch (error) {
      throw signal?.aborted ? cancelled(signal) : error;
    } finally {
      // The turn is handed over, so that nobody who comes just now gets between.
      const [next] = waiting;
      if (next) next();
      else running -= 1;
    }
  };
}

const cancelled = (signal?: AbortSignal) => new AppError('CANCELLED', undefined, { cause: signal?.reason });
