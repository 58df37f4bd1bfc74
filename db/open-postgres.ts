import { Socket } from 'node:net';
import postgres, { type Options, type Sql } from 'postgres';
import { arrayTypes } from './array-types';

/** What a client may say first: a startup message, a wish for TLS, a cancellation. */
const OPENINGS = new Set([0x0003_0000, 80_877_103, 80_877_102]);
const RECONNECT_S = 0.2;

/** The opening message without what the driver had still to say on an earlier connection. */
function withoutLeftovers(data: Uint8Array): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = bytes.length - 8; at > 0; at -= 1) {
    const isOpening = bytes.readUInt32BE(at) === bytes.length - at && OPENINGS.has(bytes.readUInt32BE(at + 4));
    if (isOpening) return bytes.subarray(at);
  }
  return bytes;
}

const lost = () => Object.assign(new Error('the connection to PostgreSQL was lost'), { code: 'CONNECTION_CLOSED' });

const inTwoTurns = (work: () => void) => setImmediate(() => setImmediate(work));

/**
 * A socket that postgres.js (3.4.9) can lose without harm. The driver gathers what it writes until the end of the turn:
 * if the connection ends in that turn, its timer is cleared but not forgotten, and nothing is ever written again; and a
 * transaction that rolls back after the end writes to null, which ends the process. github.com/porsager/postgres/pull/1215
 */
class SteadySocket extends Socket {
  #hasWritten = false;
  #isClosed = false;

  constructor() {
    super();
    // Its timer is stuck: a close makes the driver open again, with more to say each time, until that is written at once.
    inTwoTurns(() => {
      if (!this.#hasWritten && !this.destroyed) this.#close();
    });
  }

  override _write(data: Uint8Array | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const opens = !this.#hasWritten && typeof data !== 'string';
    this.#hasWritten = true;
    super._write(opens ? withoutLeftovers(data) : data, encoding, done);
  }

  /** First the error, so that transactions can fail and roll back, then the end, when all that was written is gone. */
  override emit(event: string | symbol, ...details: unknown[]): boolean {
    if (event !== 'close') return super.emit(event, ...details);
    if (this.#isClosed) return false;
    if (this.listenerCount('error') > 0) super.emit('error', lost());
    inTwoTurns(() => this.#close());
    return true;
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    super.emit('close', false);
    this.destroy();
  }
}

/** Begins transactions whose late statements, after the end, are refused: the driver would say them on the next connection. */
function guardTransactions(begin: Sql['begin']): Sql['begin'] {
  const apply = (_: unknown, self: unknown, given: unknown[]): unknown => {
    let isOver = false;
    const refuseLate = <T>(value: T): T => {
      if (isOver) throw lost();
      return value;
    };
    const guard = (tx: Sql) =>
      new Proxy(tx, {
        apply: (target, that, args) => Reflect.apply(refuseLate(target), that, args),
        get: (target, name) =>
          name === 'unsafe' ? preparing(refuseLate(target).unsafe) : Reflect.get(refuseLate(target), name),
      });
    const work = given.at(-1);
    if (typeof work !== 'function') throw new TypeError('a transaction needs its work');
    const guarded = async (tx: Sql) => {
      const [result] = await Promise.allSettled([(async () => work(guard(tx)))()]);
      // Its end would be said on the next connection as well.
      if (isOver) await new Promise(() => undefined);
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    };
    const transaction = Reflect.apply(begin, self, [...given.slice(0, -1), guarded]);
    transaction.then(undefined, () => {
      isOver = true;
    });
    return transaction;
  };
  return new Proxy<Sql['begin']>(begin, { apply });
}

/** What has more is a list of rows, of a length that seldom comes again. */
const MAX_PREPARED_VALUES = 40;

/** Drizzle has statements prepared that have a name; all others are parsed anew each time, in a round trip of their own. */
const preparing =
  (unsafe: Sql['unsafe']): Sql['unsafe'] =>
  (text, values = [], options = {}) =>
    unsafe(text, values, { ...options, prepare: values.length > 0 && values.length <= MAX_PREPARED_VALUES });

/** postgres.js, made to survive every death of its server, and to be back within a moment of its return. */
export function openPostgres(url: string, options: Options<Record<string, never>> = {}): Sql {
  let attempts = 0;
  const socket = ({ host, port, path }: { host: string[]; port: number[]; path?: string }) => {
    const at = attempts++ % host.length;
    const place = { host: host[at] ?? '', port: port[at] ?? 0 };
    const opened = new SteadySocket();
    return Object.assign(path ? opened.connect(path) : opened.connect(place), place);
  };
  const settings = { backoff: () => RECONNECT_S, ...options, fetch_types: false, types: arrayTypes, socket };
  const sql = postgres(url, settings);
  return Object.assign(sql, { begin: guardTransactions(sql.begin), unsafe: preparing(sql.unsafe) });
}
