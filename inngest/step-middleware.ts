import { Middleware, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import { asWork } from '@/db/client';
import { discreet } from '@/lib/discreet-error';
import { AppError } from '@/lib/errors';
import { isPassing } from '@/lib/failures';

/** What the step engine should do about an error: never again, again at a stated time, or again with its own back-off. */
function toStepError(error: unknown): unknown {
  const cause = discreet(error);
  if (!(error instanceof AppError)) return cause;
  if (!isPassing(error)) return new NonRetriableError(error.code, { cause });
  if (error.retryAfterMs !== undefined) return new RetryAfterError(error.code, error.retryAfterMs, { cause });
  return cause;
}

/** A step's error has been through here, and must stay itself: by that the SDK knows that the function need not run again. */
const toFunctionError = (error: unknown): unknown => (error instanceof StepError ? error : discreet(error));

async function rethrowing<T>(work: () => Promise<T>, translate: (error: unknown) => unknown): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

/**
 * Steps ask the database by the connections for work; their errors go to the engine, wherever it runs, translated and
 * without the reader's text.
 */
export class StepMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'steps';

  override wrapRequest({ next }: Middleware.WrapRequestArgs): Promise<Middleware.Response> {
    return asWork(next);
  }

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return rethrowing(next, toStepError);
  }

  override wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return rethrowing(next, toFunctionError);
  }
}
