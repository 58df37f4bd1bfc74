import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findUserInFamily } from '@/lib/auth/find-user';
import { seal, unseal } from '@/lib/auth/seal';
import { AppError } from '@/lib/errors';
import { claimKey, forgetAnswer } from '@/lib/idempotency/claim-key';
import { holdKey } from '@/lib/idempotency/hold-key';
import { type Key, underKey } from '@/lib/idempotency/under-key';
import { log } from '@/lib/log';
import { parseInput } from '@/lib/parse-input';
import { type Fingerprint, fingerprint } from './fingerprint';

const HEADER = 'idempotency-key';
const REPLAYED = 'idempotent-replayed';
const KeyText = z.string().regex(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters');
const KEPT_HEADERS = ['content-type', 'location', 'content-location'];
const Kept = z.object({
  status: z.int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  /** Whose tokens it holds. */
  session: z.object({ userId: z.string(), epoch: z.int(), family: z.string().default('') }).optional(),
});
type Kept = z.infer<typeof Kept>;

export const hasKey = ({ headers }: Request): boolean => headers.has(HEADER);

interface Sender {
  /** Keys of one are nothing to another. */
  who: string;
  userId: string | null;
}

/**
 * Answers a request with an Idempotency-Key once, and the same, in the same words, whenever it comes again. While it is
 * answered throws IDEMPOTENCY_CONFLICT; for other content under the same key IDEMPOTENCY_KEY_REUSED. What fails is not
 * kept: sent again, it is tried again, but about the job that it made, if it made one. Tokens that have ended since
 * are not told again: the request is answered anew, if it still can be.
 */
export async function answerOnce(
  request: Request,
  { who, userId }: Sender,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const sent = request.headers.get(HEADER);
  if (sent === null) return answer(request);
  const { [HEADER]: key } = parseInput(z.object({ [HEADER]: KeyText }), { [HEADER]: sent });
  const id = createHash('sha256')
    .update(JSON.stringify([who, request.method, new URL(request.url).pathname, key]))
    .digest('base64url');
  const seen = fingerprint(request.headers.get('content-type') ?? '', key);
  const claim = await claimLasting(id, userId, key);
  if (claim.state === 'held') {
    throw new AppError('IDEMPOTENCY_CONFLICT', 'A request with this key is still being answered.', {
      retryAfterMs: 1000,
    });
  }
  const heard = listening(request, seen);
  const requireSame = async (print: string) => {
    await drain(heard);
    if ((await seen.end()) !== print)
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This key came with another request before.');
  };
  if (claim.state === 'answered') {
    await requireSame(claim.fingerprint);
    return replay(claim.kept);
  }

  const held = holdKey(id, claim.holder);
  const { made } = claim;
  const about: Key = {
    userId,
    jobId: made?.jobId,
    async name(tx, jobId) {
      const print = await seen.end();
      if (print !== undefined) await held.name(tx, jobId, print);
    },
  };
  try {
    if (made) await requireSame(made.fingerprint);
    const response = await underKey(about, () => answer(heard));
    await drain(heard);
    const print = response.ok ? await seen.end() : undefined;
    if (print === undefined) {
      await held.release();
      return response;
    }
    const kept = await keep(response, about.session);
    const jobId = kept.body === '' ? null : jobIn(request, response);
    // It is done, and must be answered so even when that cannot be written down.
    await held
      .keep({ fingerprint: print, sealed: seal(JSON.stringify(kept), key), userId: about.userId, jobId })
      .catch((error: unknown) => log.error({ err: error }, 'an answer could not be kept'));
    const first = restore(kept);
    if (made) first.headers.set(REPLAYED, 'true');
    // A session is begun or ended in the browser that asked, and not again wherever the answer is repeated.
    for (const cookie of response.headers.getSetCookie()) first.headers.append('set-cookie', cookie);
    return first;
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function claimLasting(id: string, userId: string | null, key: string) {
  const claim = await claimKey(id, userId);
  if (claim.state !== 'answered') return claim;
  const kept = Kept.parse(JSON.parse(unseal(claim.answer, key)));
  if (await isOver(kept)) {
    await forgetAnswer(id, claim.answer);
    const anew = await claimKey(id, userId);
    // Somebody else was faster, and may have been answered already.
    return anew.state === 'answered' ? { state: 'held' as const } : anew;
  }
  return { ...claim, kept };
}

const isOver = async ({ session }: Kept): Promise<boolean> =>
  session !== undefined && (await findUserInFamily(session.userId, session.family))?.sessionEpoch !== session.epoch;

/** The same request; what is read of it is heard by `seen`, no faster than it is read. */
function listening(request: Request, seen: Fingerprint): Request {
  if (!request.body) return request;
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      await seen.write(chunk);
      controller.enqueue(chunk);
    },
  });
  const { method, headers, signal } = request;
  const init = { method, headers, signal, body: request.body.pipeThrough(passing), duplex: 'half' };
  return new Request(request.url, init);
}

async function drain(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  for await (const _ of request.body);
}

async function keep(response: Response, session: Key['session']): Promise<Kept> {
  const headers = KEPT_HEADERS.flatMap((name): [string, string][] => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: response.status, headers, body: await response.text(), ...(session && { session }) };
}

const restore = ({ status, headers, body }: Kept) => new Response(body === '' ? null : body, { status, headers });

function replay(kept: Kept): Response {
  const response = restore(kept);
  response.headers.set(REPLAYED, 'true');
  return response;
}

/** What an answer says of a job goes when the job goes. */
function jobIn(request: Request, { headers }: Response): string | null {
  const paths = [headers.get('location'), headers.get('content-location'), new URL(request.url).pathname];
  for (const path of paths) {
    const jobId = /^\/api\/v1\/jobs\/([0-9a-z]{26})(?:\/|$)/.exec(path ?? '')?.[1];
    if (jobId) return jobId;
  }
  return null;
}
