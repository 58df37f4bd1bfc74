import { AppError } from '@/lib/errors';

/** Of one reader, in all windows and scripts. */
const MOST_OF_ONE = 250;
/** Of a process: what each holds must fit into its memory together, see WEB_V8. */
const MOST = 1_000;
const RETRY_MS = 30_000;

const openOf = new Map<string, number>();
let open = 0;

/** Counts a stream until the returned function is called, which is done once. Throws RATE_LIMITED. */
export function openStream(userId: string): () => void {
  const own = openOf.get(userId) ?? 0;
  if (own >= MOST_OF_ONE) throw tooMany('You watch as many jobs at once as is allowed.');
  if (open >= MOST) throw tooMany('As many jobs are watched at once as is possible.');
  openOf.set(userId, own + 1);
  open += 1;
  return () => {
    const left = (openOf.get(userId) ?? 1) - 1;
    if (left === 0) openOf.delete(userId);
    else openOf.set(userId, left);
    open -= 1;
  };
}

const tooMany = (detail: string) =>
  new AppError('RATE_LIMITED', `${detail} Ask for the job itself meanwhile.`, { retryAfterMs: RETRY_MS });
