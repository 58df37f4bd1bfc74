import { createHash } from 'node:crypto';
import { z } from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

const DEV_SERVER = 'http://127.0.0.1:8288';
const PATIENCE_MS = 3_000;

/** Where the configuration says the engine is; undefined for Inngest's cloud. */
export function engineAddress(): string | undefined {
  const { INNGEST_BASE_URL, INNGEST_DEV = '0' } = env();
  if (INNGEST_BASE_URL !== undefined || ['0', 'false'].includes(INNGEST_DEV)) return INNGEST_BASE_URL;
  return INNGEST_DEV.startsWith('http') ? INNGEST_DEV : DEV_SERVER;
}

/** As the SDK does: the key itself does not travel. */
function authorization(): Record<string, string> {
  const [, prefix = '', key = ''] = /^(signkey-\w+-)?(.*)$/.exec(env().INNGEST_SIGNING_KEY ?? '') ?? [];
  if (key === '') return {};
  const hash = createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex');
  return { authorization: `Bearer ${prefix}${hash}` };
}

/**
 * What the embedded engine answers; undefined when it knows no such thing, or another Inngest is asked that has no such
 * answers. Throws UNAVAILABLE when nobody answers.
 */
export async function askEngine<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const address = engineAddress();
  if (address === undefined) return undefined;
  const answer = await fetch(new URL(path, address), {
    headers: authorization(),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw away(cause);
  });
  if (answer.status >= 500) throw away();
  const body = z.object({ data: schema }).safeParse(await answer.json().catch(() => undefined));
  return body.success ? body.data.data : undefined;
}

const away = (cause?: unknown) => new AppError('UNAVAILABLE', 'The job engine does not answer.', { cause });
