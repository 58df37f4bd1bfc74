import type { Limiter } from './limiter';
import type { Policy } from './policies';

/** What a process counts for itself before it tells the store: that much more may come through, and what comes meanwhile. */
const SHARE = 1 / 100;

/** Where somebody stands in a window, as far as this process knows. */
interface Seat {
  remaining: number;
  resetsAt: number;
  /** Uses that the store has not been told of. */
  untold: number;
  /** One telling at a time: of two, the earlier could be answered last. */
  isTelling: boolean;
}

/**
 * Counts in `store`, many uses at a time, for what is asked so often that a write for each would cost more than the thing
 * itself: the first of a window, so that what others have counted, or this process before it was started again, is known;
 * then each hundredth of the policy, and what reaches the limit. Who is over the limit costs no more writes.
 */
export function batchedLimiter(store: Limiter): Limiter {
  const seats = new Map<string, Seat>();
  const takeSeat = (key: string, { points, seconds }: Policy): Seat => {
    const seat: Seat = { remaining: points, resetsAt: Date.now() + seconds * 1000, untold: 0, isTelling: false };
    seats.set(key, seat);
    setTimeout(() => seats.get(key) === seat && seats.delete(key), seconds * 1000).unref();
    return seat;
  };
  const tell = async (seat: Seat, policy: Policy, who: string) => {
    const uses = seat.untold;
    seat.untold = 0;
    seat.remaining -= uses;
    seat.isTelling = true;
    const count = await store.consume(policy, who, uses).finally(() => {
      seat.isTelling = false;
    });
    seat.remaining = count.remaining;
    seat.resetsAt = Date.now() + count.resetMs;
    return count;
  };
  return {
    async consume(policy, who, uses = 1) {
      const key = `${policy.name} ${who}`;
      const known = seats.get(key);
      const isKnown = known !== undefined && known.resetsAt > Date.now();
      const seat = isKnown ? known : takeSeat(key, policy);
      seat.untold += uses;
      const remaining = seat.remaining - seat.untold;
      const isMuch = seat.untold >= policy.points * SHARE || remaining <= 0;
      if (!isKnown || (isMuch && seat.remaining > 0 && !seat.isTelling)) return tell(seat, policy, who);
      return { isAllowed: remaining >= 0, remaining: Math.max(0, remaining), resetMs: seat.resetsAt - Date.now() };
    },
    giveBack: (policy, who) => store.giveBack(policy, who),
  };
}
