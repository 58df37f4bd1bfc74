import { AppError } from '@/lib/errors';

interface Turns {
  atOnce: number;
  /** Who comes after so many is told to come back later. */
  mostWaiting: number;
  /** Of one and the same; so nobody fills the queue alone. */
  mostOfOne?: number;
  tooMany: () => AppError;
}

interface Asked {
  /** Whose work it is: of those who wait, each has one turn after the other. Unnamed, all are one. */
  who?: string;
  signal?: AbortSignal;
}

/**
 * Does each work when it is its turn: first come, first served, but one of each who waits before the second of anybody.
 * Whoever goes away gives up their place. Throws `tooMany` when too many wait, CANCELLED for who went away.
 */
export function takeTurns({ atOnce, mostWaiting, mostOfOne = mostWaiting, tooMany }: Turns) {
  /** Whose turn is next comes first. */
  const waiting = new Map<string, Set<() => void>>();
  let running = 0;

  const hasRoom = (who: string) => {
    const all = [...waiting.values()].reduce((sum, { size }) => sum + size, 0);
    return all < mostWaiting && (waiting.get(who)?.size ?? 0) < mostOfOne;
  };

  const wait = (who: string, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const own = waiting.get(who) ?? new Set();
      const giveUp = () => {
        own.delete(begin);
        if (own.size === 0) waiting.delete(who);
      };
      const leave = () => {
        giveUp();
        reject(cancelled(signal));
      };
      const begin = () => {
        giveUp();
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.set(who, own.add(begin));
    });

  /** Whoever has just had a turn goes to the end. */
  const beginNext = (): boolean => {
    const [next] = waiting;
    if (!next) return false;
    const [who, own] = next;
    waiting.delete(who);
    const [begin, second] = own;
    if (second) waiting.set(who, own);
    begin?.();
    return true;
  };

  return async <T>(work: () => Promise<T>, { who = '', signal }: Asked = {}): Promise<T> => {
    if (signal?.aborted) throw cancelled(signal);
    if (running < atOnce) running += 1;
    else if (hasRoom(who)) await wait(who, signal);
    else throw tooMany();
    try {
      return await work();
    } catch (error) {
      throw signal?.aborted ? cancelled(signal) : error;
    } finally {
      // The turn is handed over, so that nobody who comes just now gets between.
      if (!beginNext()) running -= 1;
    }
  };
}

const cancelled = (signal?: AbortSignal) => new AppError('CANCELLED', undefined, { cause: signal?.reason });
