import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import { discreet } from '@/lib/discreet-error';
import { EnvVariables } from '@/lib/env-variables';

const SECRETS = ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', 'access_token', 'refresh_token'];

interface LogFacts {
  requestId?: string;
  userId?: string;
  jobId?: string;
  chunk?: number;
}

const facts = new AsyncLocalStorage<LogFacts>();

/** Every line that is logged during `work`, and by what it leaves running, says what it is about. */
export const withLogFacts = <T>(about: LogFacts, work: () => T): T =>
  facts.run({ ...facts.getStore(), ...about }, work);

/** For what is known only on the way. */
export const noteInLog = (about: LogFacts): void => {
  Object.assign(facts.getStore() ?? {}, about);
};

/** More than any line of ours: what is longer was made so by somebody outside, in a path or in what an error quotes. */
const MOST_LETTERS = 2_000;
const MOST_OF_A_STACK = 6_000;

const shortened = (value: unknown, most = MOST_LETTERS): unknown =>
  typeof value === 'string' && value.length > most ? `${value.slice(0, most)}…` : value;

const withShortValues = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      shortened(value, name === 'stack' ? MOST_OF_A_STACK : undefined),
    ]),
  );

function describe(thrown: unknown): unknown {
  const error = discreet(thrown);
  return error instanceof Error ? withShortValues(pino.stdSerializers.err(error)) : shortened(error);
}

/** One JSON line per event on stdout; names what happened, never the reader's text. */
export const log = pino({
  // Not by env(): a wrong value is for the command to tell, and its database and secrets may still have to be found.
  level: EnvVariables.shape.LOG_LEVEL.catch('info').parse(process.env.LOG_LEVEL),
  base: null,
  mixin: () => ({ ...facts.getStore() }),
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describe },
  formatters: { level: (label) => ({ level: label }), log: withShortValues },
  redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
});
