import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { faultOf } from './check-url';
import { AddressRefused, pinnedLookup, type Resolve } from './pinned-lookup';
import type { DeliveryError } from './schema';

export interface Message {
  /** Stays the same at every attempt. */
  id: string;
  url: string;
  secret: string;
  body: string;
}

export type Outcome = { status: number } | { error: DeliveryError };

interface PostOptions {
  allowsPrivate: boolean;
  timeoutMs?: number;
  resolve?: Resolve;
}

const TIMEOUT_MS = 10_000;

/** Sends a message once, signed as Standard Webhooks has it. Follows no redirect, reads no answer but its status. */
export async function postMessage(message: Message, options: PostOptions): Promise<Outcome> {
  const { allowsPrivate, timeoutMs = TIMEOUT_MS, resolve } = options;
  if (faultOf(message.url, allowsPrivate)) return { error: 'address_refused' };
  const agent = new Agent({ connect: { lookup: pinnedLookup(allowsPrivate, resolve), timeout: timeoutMs } });
  try {
    const { statusCode } = await request(message.url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: headersOf(message),
      body: message.body,
    });
    return { status: statusCode };
  } catch (error) {
    return { error: kindOf(error) };
  } finally {
    await agent.destroy();
  }
}

function headersOf({ id, secret, body }: Message): Record<string, string> {
  const now = new Date();
  return {
    'content-type': 'application/json',
    'user-agent': 'french-novel-tool',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  };
}

const TIME_CODES = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT'];

function kindOf(error: unknown): DeliveryError {
  if (error instanceof AddressRefused) return 'address_refused';
  if (!(error instanceof Error)) return 'unreachable';
  if (error.name === 'TimeoutError') return 'timed_out';
  const code = 'code' in error ? String(error.code) : '';
  return TIME_CODES.includes(code) ? 'timed_out' : 'unreachable';
}
