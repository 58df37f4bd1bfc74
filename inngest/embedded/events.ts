import { z } from 'zod';
import { clockMs, steadyNow } from './clock';
import { type Db, json } from './database';
import { Label } from './label';
import { newUlid, ulidsFromSeed } from './ulid';

/** An event as the app sees it. Its own id decides whether it starts a run again; the row's id is always new. */
interface EventBody {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
}

export interface StoredEvent {
  id: string;
  name: string;
  body: EventBody;
  /** How long it is to be held back before it starts runs. */
  delayMs?: number;
}

/** An event as the table gives it back. */
export interface RoutedEvent extends StoredEvent {
  /** The order in which events came. */
  ord: number;
  due_at: Date | null;
}

const EARLIEST = Date.UTC(1980, 0);
const LATEST = Date.UTC(2100, 0);
const MAX_EVENT_BYTES = 3 * 1024 * 1024;

const IncomingEvent = z.object({
  id: Label.nullish(),
  name: Label.min(1).refine(
    (name) => !name.toLowerCase().startsWith('inngest/'),
    'names that start with inngest/ are reserved',
  ),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
  v: z.string().nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
});
const IncomingEvents = z.array(IncomingEvent).min(1).max(5000);

export class RefusedEvents extends Error {}

export const newEvent = (name: string, data: Record<string, unknown>, id?: string): StoredEvent => {
  const ulid = newUlid();
  return { id: ulid, name, body: { id: id ?? ulid, name, data, ts: clockMs() } };
};

/** Gives posted events their ids; the same `seed` gives the same ones again. */
export function readEvents(body: unknown, seed: string | undefined): StoredEvent[] {
  const parsed = IncomingEvents.safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) throw new RefusedEvents(z.prettifyError(parsed.error));
  const ids = seed ? ulidsFromSeed(seed, parsed.data.length) : undefined;
  // A seed begins with the sender's time: what it calls now may be another time here.
  const now = ids && seed ? Number.parseInt(seed, 10) : clockMs();
  return parsed.data.map(({ id, ts, data, v, user, name }, index) => {
    if (ts && (ts < EARLIEST || ts > LATEST)) throw new RefusedEvents(`ts of ${name} is not between 1980 and 2100`);
    if (Buffer.byteLength(json(data)) > MAX_EVENT_BYTES) throw new RefusedEvents(`${name} is larger than 3 MiB`);
    const { _inngest, ...own } = data ?? {};
    const ulid = ids?.[index] ?? newUlid();
    const rest = { ...(v && { v }), ...(user && { user }) };
    return {
      id: ulid,
      name,
      body: { id: id || ulid, name, data: own, ts: ts || now, ...rest },
      delayMs: Math.max(0, (ts || now) - now),
    };
  });
}

/** The trigger on the table wakes the router, once this is committed. */
export async function insertEvents(db: Db, events: StoredEvent[]): Promise<void> {
  const column = (pick: (event: StoredEvent) => string) => events.map(pick);
  await db`
    insert into events (id, name, body, due_at)
    select id, name, body::json, ${steadyNow(db)} + nullif(delay, 0) * interval '1 ms' from unnest(
      ${column(({ id }) => id)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ body }) => json(body))}::text[], ${events.map(({ delayMs = 0 }) => delayMs)}::float8[]
    ) as posted (id, name, body, delay)
    on conflict (id) do nothing`;
}
