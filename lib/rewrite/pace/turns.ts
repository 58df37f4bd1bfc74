import { sql } from '@/db/client';

/** When a caller may ask the model. */
export interface Turn {
  waitMs: number;
  /** Which slow-downs it knew of; one more takes it back, unless it is used by then. */
  slowdowns: number;
  /** Calls a second when it was given; null when nothing limits them. */
  rate: number | null;
  /** Whether the model has refused a call so far, so that outcomes are worth telling. */
  isSlowed: boolean;
}

/**
 * A ceiling counts the calls of any minute at the model, where a call may arrive so much later than its turn:
 * turns are this much further apart than a minute divided by the ceiling.
 */
const LATENESS_SECONDS = 1;

/** How long a turn counts among the recent ones, from which the rate at the first refusal is known. */
const RECENT_SECONDS = 10;

/** Slower than this no refusal makes us, since what lies behind it may be over in a minute. */
const LOWEST_RATE = 1 / 60;
/** A first refusal says little about the rate, least of all when few calls were made before it. */
const FIRST = { cut: 0.5, lowestRate: 1 };
/** By how much a refusal cuts: while a rate is sought; soon after the last cut, since that was not enough; usually. */
const CUT = { seeking: 0.5, soon: 0.8, usual: 0.9 };
/** Successes since the last cut: below `soon` it was not enough, below `telling` the refused rate was hardly tried. */
const SUCCESSES = { telling: 3, soon: 20 };
/** Each success adds this share of the refused rate: 200 calls from one usual cut to the next. */
const STEP = 0.0005;
/** While a rate is sought, or the refused one is left this far behind: by so much a success and so much a round trip. */
const SEEK = { beyond: 1.25, perSuccess: 1.2, perRoundTrip: 1.5 };
const LONGEST_BACKOFF_EXPONENT = 6;

/** Calls a second under a ceiling of calls a minute. */
export const ceilingRate = (requestsPerMinute: number | undefined): number | null =>
  requestsPerMinute === undefined ? null : requestsPerMinute / (60 + LATENESS_SECONDS);

// All times are the database's: machines need not agree on the hour, and are told how long to wait, not until when.
// least and greatest skip nulls, so that what is unknown does not limit.

/** By how much the clock has been set back since the last turn was asked for. */
const setBack = () => sql()`greatest(interval '0', model_pace.asked_at - clock_timestamp())`;

const nextTurn = (ceiling: number | null) => sql()`
  asked_at = clock_timestamp(),
  resume_at = model_pace.resume_at - ${setBack()},
  last_turn_at = greatest(
    clock_timestamp(),
    model_pace.resume_at - ${setBack()},
    model_pace.last_turn_at - ${setBack()}
      + make_interval(secs => 1 / least(model_pace.rate, ${ceiling}::float8))
  ),
  recent_turns = 1 + model_pace.recent_turns
    * exp(least(0, extract(epoch from model_pace.last_turn_at - clock_timestamp())) / ${RECENT_SECONDS})`;

const asTurn = (ceiling: number | null) => sql()`
  greatest(0, extract(epoch from model_pace.last_turn_at - clock_timestamp())::float8 * 1000) as "waitMs",
  model_pace.slowdowns,
  least(model_pace.rate, ${ceiling}::float8) as rate,
  model_pace.rate is not null as "isSlowed"`;

/** Gives the next free turn. The row is locked for this statement only, however long the turn has to be awaited. */
export async function takeTurn(ceiling: number | null): Promise<Turn> {
  const [turn] = await sql()<Turn[]>`
    insert into model_pace default values on conflict (id) do update set ${nextTurn(ceiling)}
    returning ${asTurn(ceiling)}`;
  if (!turn) throw new Error('An upsert returns its row');
  return turn;
}

/** A new turn for one that was taken back while it was awaited; undefined when it still holds. */
export async function renewTurn(turn: Turn, ceiling: number | null): Promise<Turn | undefined> {
  const [renewed] = await sql()<Turn[]>`
    update model_pace set ${nextTurn(ceiling)} where slowdowns <> ${turn.slowdowns} returning ${asTurn(ceiling)}`;
  return renewed;
}

/** Raises the shared rate a little, if it was what the caller had to wait for and nothing was refused since. */
export async function tellSuccess(turn: Turn, hasWaited: boolean, ceiling: number | null): Promise<void> {
  const isBinding = sql()`${hasWaited} and slowdowns = ${turn.slowdowns} and least(rate, ${ceiling}::float8) = rate`;
  await sql()`
    update model_pace set
      successes_since_slowdown = successes_since_slowdown + (slowdowns = ${turn.slowdowns})::int,
      refusals_since_success = 0,
      rate = case
        when not (${isBinding}) then rate
        when refused_rate is null or rate > refused_rate * ${SEEK.beyond}::float8
          then greatest(rate, least(rate * ${SEEK.perSuccess}::float8, ${turn.rate}::float8 * ${SEEK.perRoundTrip}::float8))
        else rate + refused_rate * ${STEP}::float8
      end
    where rate is not null`;
}

export interface Slowdown {
  rate: number;
  pauseMs: number;
}

/**
 * Slows everybody down, once for all the calls that were refused together. Nobody asks for `pauseMs`, or, when it is not
 * stated, for a time that doubles with each refusal in a row. The rate is cut only if calls succeeded meanwhile:
 * a model that refuses everything is not asked too fast but has to be waited for.
 */
export async function tellRefusal(
  turn: Turn,
  pauseMs: number | undefined,
  ceiling: number | null,
): Promise<Slowdown | undefined> {
  const pauseSeconds = sql()`
    coalesce(${pauseMs ?? null}::float8 / 1000, power(2, least(refusals_since_success, ${LONGEST_BACKOFF_EXPONENT})))`;
  const refused = sql()`least(rate, ${ceiling}::float8)`;
  const [slowdown] = await sql()<Slowdown[]>`
    update model_pace set
      slowdowns = slowdowns + 1,
      successes_since_slowdown = 0,
      refusals_since_success = refusals_since_success + 1,
      last_turn_at = clock_timestamp(),
      resume_at = clock_timestamp() + make_interval(secs => ${pauseSeconds}),
      refused_rate = case
        when rate is null or refusals_since_success > 0 then refused_rate
        when refused_rate is null and successes_since_slowdown < ${SUCCESSES.telling} then null
        else ${refused}
      end,
      rate = greatest(${LOWEST_RATE}::float8, least(${ceiling}::float8, case
        when rate is null then greatest(
          ${FIRST.lowestRate}::float8,
          ${FIRST.cut / RECENT_SECONDS}::float8 * recent_turns
            * exp(least(0, extract(epoch from last_turn_at - clock_timestamp())) / ${RECENT_SECONDS}))
        when refusals_since_success > 0 then rate
        when refused_rate is null then ${refused} * ${CUT.seeking}::float8
        when successes_since_slowdown < ${SUCCESSES.soon} then ${refused} * ${CUT.soon}::float8
        else ${refused} * ${CUT.usual}::float8
      end))
    where slowdowns = ${turn.slowdowns}
    returning rate, round(extract(epoch from resume_at - last_turn_at)::float8 * 1000) as "pauseMs"`;
  return slowdown;
}
