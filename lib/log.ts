import pino from 'pino';
import { env } from '@/lib/env';

const SECRETS = ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', 'access_token', 'refresh_token'];

/** One JSON line per event on stdout; names what happened, never the reader's text. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
});
