import { parseArgs } from 'node:util';
import { startEngine } from '@/inngest/embedded/start-engine';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8288' },
    dev: { type: 'boolean', default: false },
    'retry-interval': { type: 'string' },
    lease: { type: 'string' },
  },
});

const milliseconds = (seconds: string | undefined) => (seconds === undefined ? undefined : Number(seconds) * 1000);

const { DATABASE_URL, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY } = process.env;
if (!DATABASE_URL) throw new Error('Set DATABASE_URL.');

const engine = await startEngine({
  databaseUrl: DATABASE_URL,
  port: Number(values.port),
  dev: values.dev,
  signingKey: INNGEST_SIGNING_KEY,
  eventKey: INNGEST_EVENT_KEY,
  retryIntervalMs: milliseconds(values['retry-interval']),
  leaseMs: milliseconds(values.lease),
  log: (level, message, fields) => {
    if (level !== 'info') process.stderr.write(`${level}: ${message} ${JSON.stringify(fields ?? {})}\n`);
  },
});
process.stdout.write(`The Inngest engine is ready at ${engine.url}${values.dev ? ', without signatures' : ''}.\n`);

let closing = false;
async function stop(): Promise<void> {
  if (closing) return;
  closing = true;
  await engine.close();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
