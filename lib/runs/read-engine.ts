import { z } from 'zod';
import { isAppError } from '@/lib/errors';
import { askEngine, engineAddress } from './ask-engine';
import type { EngineState } from './schema';

const count = z.number();

const Answer = z.object({
  engine: z.literal('embedded'),
  queue: z.object({ waiting: count, running: count, later: count, oldest_waiting_ms: count.nullable() }),
  engines: z.array(z.object({ id: count, alive: z.boolean(), leases: count })),
  functions: z.array(
    z.object({
      function_id: z.string(),
      name: z.string(),
      running: count,
      completed: count,
      failed: count,
      cancelled: count,
    }),
  ),
});

/** For admins: how the engine is doing, or why that cannot be seen here. */
export async function readEngine(): Promise<EngineState> {
  try {
    const answer = await askEngine('/v1/engine', Answer);
    if (!answer) return { engine: 'foreign', address: visibleAddress() };
    const { queue, engines, functions } = answer;
    return {
      engine: 'embedded',
      queue,
      workers: engines,
      functions: functions.map(({ function_id: id, ...rest }) => ({ id, ...rest })),
    };
  } catch (error) {
    if (!isAppError(error, 'UNAVAILABLE')) throw error;
    return { engine: 'unreachable', address: visibleAddress() };
  }
}

/** Without what an address may hold beside its host. */
function visibleAddress(): string | null {
  const address = engineAddress();
  return address === undefined ? null : new URL(address).origin;
}
