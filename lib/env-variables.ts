import { z } from 'zod';

/** What the documents say about a variable; `expected` is what its error says, too. */
export interface VariableNotes {
  group: string;
  description: string;
  expected: string;
  /** Shown where the default is not a value. */
  otherwise?: string;
}

const text = z.string().min(1);
const httpUrl = z.url({ protocol: /^https?$/ });
/** Cookies do not travel in clear but within a machine. */
const siteUrl = z.union([
  z.url({ protocol: /^https$/ }),
  z.url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ }),
]);
const whole = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);
const note = (group: string, description: string, expected: string, otherwise?: string) =>
  ({ group, description, expected, ...(otherwise === undefined ? {} : { otherwise }) }) satisfies VariableNotes;

/** Every variable that configures the product; `.env.example` and the README's table are made from it. */
export const EnvVariables = z.object({
  PORT: whole(0, 65_535)
    .default(3000)
    .meta(note('Server', 'Port of the web app; the next free one is taken if it is busy', 'a port number')),
  HOST: text
    .default('127.0.0.1')
    .meta(note('Server', 'Address to listen on; anything but loopback needs NEXTAUTH_SECRET', 'an IP address')),
  DATA_DIR: text
    .default('.data')
    .meta(note('Server', 'Database, files and generated secrets of this machine', 'a folder')),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta(note('Server', 'How much is logged', 'one of fatal, error, warn, info, debug, trace, silent')),
  METRICS_TOKEN: text
    .min(16)
    .optional()
    .meta(note('Server', 'Bearer token for `/api/metrics`', 'at least 16 characters', 'loopback only')),

  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta(note('Database', 'Any PostgreSQL ≥ 15', 'a postgres:// address', 'embedded PostgreSQL in `DATA_DIR`')),

  INNGEST_BASE_URL: httpUrl
    .optional()
    .meta(note('Inngest', 'A self-hosted Inngest server', 'an http(s) address', 'embedded engine')),
  INNGEST_DEV: z
    .union([z.enum(['0', '1', 'true', 'false']), httpUrl])
    .optional()
    .meta(note('Inngest', 'The Inngest dev server', '1 or an http(s) address', 'embedded engine')),
  INNGEST_EVENT_KEY: text
    .optional()
    .meta(note('Inngest', 'Key to send events with', 'the event key of the Inngest server', 'generated')),
  INNGEST_SIGNING_KEY: text
    .optional()
    .meta(note('Inngest', 'Key that signs requests', 'the signing key of the Inngest server', 'generated')),

  INNGEST_SERVE_ORIGIN: httpUrl
    .optional()
    .meta(
      note(
        'Inngest',
        'Where an Inngest server of your own reaches the app',
        'an http(s) address',
        'here; from another machine at `NEXTAUTH_URL`',
      ),
    ),

  GEMINI_API_KEY: text
    .optional()
    .meta(note('Gemini', 'Turns the Gemini engine on', 'a Gemini API key', 'the offline engine rewrites')),
  GEMINI_BASE_URL: httpUrl
    .optional()
    .meta(note('Gemini', 'A proxy or a test server instead of Google', 'an http(s) address', 'Google')),
  MODEL_CONCURRENCY: whole(1, 1_000)
    .default(10)
    .meta(note('Gemini', 'Model calls at a time, over all jobs', 'a whole number from 1 to 1000')),
  MODEL_CALL_TIMEOUT_SECONDS: whole(1, 240)
    .default(240)
    .meta(note('Gemini', 'How long one model call may take', 'a whole number from 1 to 240')),
  MODEL_REQUESTS_PER_MINUTE: whole(1, 1_000_000)
    .optional()
    .meta(note('Gemini', 'Model calls a minute, over all jobs', 'a whole number of at least 1', 'no limit')),

  NEXTAUTH_SECRET: text
    .min(32)
    .optional()
    .meta(note('Sign-in', 'Signs sessions and tokens', 'at least 32 characters', 'generated into `DATA_DIR`')),
  NEXTAUTH_URL: siteUrl
    .optional()
    .meta(note('Sign-in', 'Public address of the app', 'an https address, or http on loopback', '`http://HOST:PORT`')),
  GOOGLE_CLIENT_ID: text
    .optional()
    .meta(note('Sign-in', 'Google sign-in', 'set together with GOOGLE_CLIENT_SECRET', 'no Google sign-in')),
  GOOGLE_CLIENT_SECRET: text
    .optional()
    .meta(note('Sign-in', 'Google sign-in', 'set together with GOOGLE_CLIENT_ID', 'no Google sign-in')),
  GOOGLE_ISSUER: httpUrl
    .default('https://accounts.google.com')
    .meta(note('Sign-in', 'Another OpenID provider in Google’s place, for tests', 'an http(s) address')),
  ADMIN_EMAILS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((email) => email.trim().toLowerCase()))
    .transform((emails) => emails.filter((email) => email !== ''))
    .pipe(z.array(z.email()))
    .meta(
      note(
        'Sign-in',
        'Admins, once Google has said that the address is theirs',
        'e-mail addresses separated by commas',
        'nobody',
      ),
    ),

  UPSTASH_REDIS_REST_URL: httpUrl
    .optional()
    .meta(
      note('Rate limits', 'Upstash Redis', 'an http(s) address, with UPSTASH_REDIS_REST_TOKEN', 'limits in PostgreSQL'),
    ),
  UPSTASH_REDIS_REST_TOKEN: text
    .optional()
    .meta(note('Rate limits', 'Upstash Redis', 'set together with UPSTASH_REDIS_REST_URL', 'limits in PostgreSQL')),
  PROCESS_LIMIT_PER_HOUR: whole(1, 1_000_000)
    .default(10)
    .meta(note('Rate limits', 'Novels a user may start in an hour', 'a whole number of at least 1')),
  REQUEST_LIMIT_PER_MINUTE: whole(1, 1_000_000)
    .default(3000)
    .meta(note('Rate limits', 'Requests of a user that change something, in a minute', 'a whole number of at least 1')),
  TRUSTED_PROXIES: whole(0, 10)
    .default(0)
    .meta(
      note(
        'Rate limits',
        'Proxies in front whose `X-Forwarded-For` is believed; with 0 it is not looked at',
        'a whole number from 0 to 10',
      ),
    ),

  WEBHOOK_ALLOW_PRIVATE: z
    .enum(['0', '1'])
    .default('0')
    .meta(note('Webhooks', 'Whether webhooks may be sent to addresses of a local network, and by http', '0 or 1')),

  S3_ENDPOINT: httpUrl
    .optional()
    .meta(note('Files', 'S3-compatible storage', 'an http(s) address, with the other S3_ variables', '`DATA_DIR`')),
  S3_BUCKET: text.optional().meta(note('Files', 'Bucket', 'set together with S3_ENDPOINT', '`DATA_DIR`')),
  S3_REGION: text.optional().meta(note('Files', 'Region', 'set together with S3_ENDPOINT', '`DATA_DIR`')),
  S3_ACCESS_KEY_ID: text.optional().meta(note('Files', 'Access key', 'set together with S3_ENDPOINT', '`DATA_DIR`')),
  S3_SECRET_ACCESS_KEY: text
    .optional()
    .meta(note('Files', 'Secret key', 'set together with S3_ENDPOINT', '`DATA_DIR`')),
  MAX_UPLOAD_MB: whole(1, 1_000)
    .default(50)
    .meta(note('Files', 'Largest novel', 'a whole number of megabytes from 1 to 1000')),
  MAX_PAGES: whole(1, 10_000)
    .default(1000)
    .meta(note('Files', 'Longest novel', 'a whole number of pages from 1 to 10000')),
  FILE_RETENTION_HOURS: whole(1, 87_600)
    .default(24)
    .meta(note('Files', 'How long an uploaded PDF is kept', 'a whole number of hours of at least 1')),

  MONTHLY_CREDITS: whole(0, 1_000_000_000)
    .default(10_000)
    .meta(note('Jobs', 'Credits granted to a user each month', 'a whole number')),
  MAX_CREDITS_PER_JOB: whole(1, 1_000_000_000)
    .default(10_000)
    .meta(note('Jobs', 'Most credits one run of a job may cost', 'a whole number of at least 1')),
  MAX_CREDITS_PER_DAY: whole(1, 1_000_000_000)
    .default(10_000)
    .meta(note('Jobs', 'Most credits a user may spend in a day', 'a whole number of at least 1')),
  ASYNC_PROCESSING_PERCENT: whole(0, 100)
    .default(100)
    .meta(
      note('Jobs', 'Share of users whose synchronous call hands over to the pipeline', 'a whole number from 0 to 100'),
    ),
  JOB_SOFT_TIMEOUT_MINUTES: whole(1, 10_000)
    .default(25)
    .meta(note('Jobs', 'A job stops starting chunks', 'a whole number of minutes, less than JOB_HARD_TIMEOUT_MINUTES')),
  JOB_HARD_TIMEOUT_MINUTES: whole(1, 10_000)
    .default(30)
    .meta(note('Jobs', 'A job is failed', 'a whole number of minutes of at least 1')),
});
