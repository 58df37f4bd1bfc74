import { Inngest } from 'inngest';
import { log } from '@/lib/log';
import { StepMiddleware } from './step-middleware';

export const inngest = new Inngest({ id: 'french-novel-tool', logger: log, middleware: [StepMiddleware] });

type Event = Parameters<typeof inngest.send>[0];

/**
 * Tells the engine what the database knows already. If the engine is away nothing is lost:
 * the sweep sends a start again, and running work looks at the database before each model call.
 */
export async function announce(event: Event): Promise<void> {
  await inngest.send(event).catch((error: unknown) => {
    log.warn({ err: error }, 'the engine did not take an event; the sweep will send it again');
  });
}
