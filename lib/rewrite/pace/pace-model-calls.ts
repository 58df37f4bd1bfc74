import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, isAppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { ceilingRate, renewTurn, type Turn, takeTurn, tellRefusal, tellSuccess } from './turns';

/**
 * Makes `call` when its turn has come, and again as long as the model asks to slow down and waiting helps.
 * Throws CANCELLED as soon as `signal` aborts the waiting; what `call` throws otherwise goes through.
 */
export type PaceCall = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

interface PaceOptions {
  /** A ceiling that holds whatever the model allows. */
  requestsPerMinute?: number | undefined;
  /** For how long a refused call is tried again before the refusal is thrown. */
  patienceMs?: number;
}

interface Refusal {
  error: AppError;
  giveUpAt: number;
}

const PATIENCE_MS = 300_000;

/** The pace that all processes on this database share; see docs/decisions/0004-model-pace.md. */
export function paceModelCalls({ requestsPerMinute, patienceMs = PATIENCE_MS }: PaceOptions): PaceCall {
  const ceiling = ceilingRate(requestsPerMinute);

  const waitForTurn = async (signal: AbortSignal, refusal: Refusal | undefined) => {
    let turn: Turn = await takeTurn(ceiling);
    let hasWaited = false;
    while (turn.waitMs > 0) {
      if (refusal && performance.now() + turn.waitMs > refusal.giveUpAt) throw refusal.error;
      await wait(turn.waitMs, signal);
      hasWaited = true;
      const renewed = await renewTurn(turn, ceiling);
      if (!renewed) break;
      turn = renewed;
    }
    return { turn, hasWaited };
  };

  /** Tells everybody, and throws the refusal when it is not worth waiting. */
  const refuse = async (turn: Turn, error: AppError, before: Refusal | undefined): Promise<Refusal> => {
    // Nobody waits for longer than this, so no pause needs to be longer.
    const pauseMs = error.retryAfterMs === undefined ? undefined : Math.min(error.retryAfterMs, patienceMs);
    const slowdown = await tellRefusal(turn, pauseMs, ceiling);
    if (slowdown) log.warn(slowdown, 'the model asks to slow down');
    const giveUpAt = before?.giveUpAt ?? performance.now() + patienceMs;
    if (performance.now() + (error.retryAfterMs ?? 0) > giveUpAt) throw error;
    return { error, giveUpAt };
  };

  return async (call, signal) => {
    let refusal: Refusal | undefined;
    for (;;) {
      const { turn, hasWaited } = await waitForTurn(signal, refusal);
      try {
        const answer = await call();
        if (turn.isSlowed) await tellSuccess(turn, hasWaited, ceiling).catch(logUntold);
        return answer;
      } catch (error) {
        if (!isAppError(error, 'MODEL_RATE_LIMITED')) throw error;
        refusal = await refuse(turn, error, refusal);
      }
    }
  };
}

/** The answer is paid for, and worth more than a pace that is a little too slow. */
const logUntold = (error: unknown) => log.warn({ err: error }, 'the pace was not told of an answer');

async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    // A timer may fire up to a millisecond early, a turn must not.
    await sleep(Math.ceil(delayMs) + 1, undefined, { signal });
  } catch (error) {
    throw new AppError('CANCELLED', undefined, { cause: signal.reason ?? error });
  }
}
