import { NonRetriableError, RetryAfterError } from 'inngest';
import { AppError } from '@/lib/errors';
import { isPassing } from '@/lib/failures';

/** What the step engine should do about an error: never again, again at a stated time, or again with its own back-off. */
function toStepError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  if (!isPassing(error)) return new NonRetriableError(error.code, { cause: error });
  if (error.retryAfterMs !== undefined) return new RetryAfterError(error.code, error.retryAfterMs, { cause: error });
  return error;
}

/** The body of a step, its AppErrors translated. */
export const stepBody =
  <T>(work: () => Promise<T>) =>
  async (): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toStepError(error);
    }
  };
