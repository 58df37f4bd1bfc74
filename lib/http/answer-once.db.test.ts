import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { signAccessToken } from '@/lib/auth/access-token';
import { AppError } from '@/lib/errors';
import { claimKey } from '@/lib/idempotency/claim-key';
import { holdKey } from '@/lib/idempotency/hold-key';
import { sweepKeys } from '@/lib/idempotency/sweep-keys';
import { newId } from '@/lib/ids';
import { openRoute, route } from './route';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
connectTestDatabase();
afterAll(environment.remove);

let userId = '';
let made = 0;
let jobId: string | undefined;
beforeEach(async () => {
  userId = await addUser();
  made = 0;
  jobId = undefined;
});

const make = route(async ({ request }) => {
  const said = await request.text();
  made += 1;
  if (said === 'wrong') throw new AppError('INVALID_INPUT');
  return Response.json(
    { number: made, secret: `fnt_secret_${made}` },
    { status: 201, headers: { location: jobId ? `/api/v1/jobs/${jobId}` : `/api/v1/things/${made}` } },
  );
});

interface Sent {
  key?: string;
  body?: BodyInit;
  as?: string;
  path?: string;
  type?: string;
}
const send = async (handler: typeof make, { key, body, as = userId, path = 'things', type }: Sent) => {
  const headers = {
    authorization: `Bearer ${await signAccessToken(as)}`,
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(type !== undefined && { 'content-type': type }),
  };
  const init = { method: 'POST', headers, body: body ?? null, duplex: 'half' };
  return handler(new Request(`http://localhost/api/v1/${path}`, init), { params: Promise.resolve({}) });
};
const code = async (response: Response) => ({ status: response.status, ...(await response.json()) });

describe('a request with a key', () => {
  it('is answered once, and the same whenever it comes again', async () => {
    const key = newId();
    const [first, second, third] = [
      await send(make, { key, body: 'a' }),
      await send(make, { key, body: 'a' }),
      await send(make, { key, body: 'a' }),
    ];
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const text = await first.text();
    for (const again of [second, third]) {
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect([again.status, await again.text()]).toEqual([201, text]);
      for (const name of ['location', 'content-type']) expect(again.headers.get(name)).toBe(first.headers.get(name));
    }
    expect(made).toBe(1);
  });

  it('is refused when it asks for something else', async () => {
    const key = newId();
    await send(make, { key, body: 'a' });
    expect(await code(await send(make, { key, body: 'b' }))).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(made).toBe(1);
  });

  it('gives its cookies once: no session begins or ends wherever the answer is repeated', async () => {
    const cookies = ['session=1; Path=/; HttpOnly', 'other=2; Path=/'];
    const headers = new Headers(cookies.map((cookie) => ['set-cookie', cookie]));
    const signsOut = route(async () => new Response(null, { status: 204, headers }));
    const key = newId();
    expect((await send(signsOut, { key })).headers.getSetCookie()).toEqual(cookies);
    const again = await send(signsOut, { key });
    expect([again.headers.get('idempotent-replayed'), again.headers.getSetCookie()]).toEqual(['true', []]);
  });

  it('is another from another user, for another route, and without a key', async () => {
    const key = newId();
    await send(make, { key, body: 'a' });
    await send(make, { key, body: 'a', as: await addUser() });
    await send(make, { key, body: 'a', path: 'others' });
    await send(make, { body: 'a' });
    expect(made).toBe(4);
  });

  it.each(['', 'two words', 'é', 'x'.repeat(256)])('is refused with « %s »', async (key) => {
    const refused = await send(make, { key: encodeURI(key) === key || key === '' ? key : 'a b', body: 'a' });
    expect(await code(refused)).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect(made).toBe(0);
  });

  it('may come from nobody, and is that of their address', async () => {
    const open = openRoute(async (request) => make(request, { params: Promise.resolve({}) }));
    const key = newId();
    const [first, again] = [await send(open, { key, body: 'a' }), await send(open, { key, body: 'a' })];
    expect(await again.json()).toEqual(await first.json());
    expect(made).toBe(1);
  });
});

describe('of many at once with one key', () => {
  it('one is done, and all others are told to wait', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(make, { key, body: 'a' })));
    expect(made).toBe(1);
    const waiting = answers.filter(({ status }) => status === 409);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(waiting.length + done.length).toBe(50);
    for (const each of waiting) {
      expect(each.headers.get('retry-after')).toBe('1');
      expect(await each.json()).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', retryable: true });
    }
  });

  it('those who come while it is being answered are told so', async () => {
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = route(async () => {
      inside.resolve();
      await goOn.promise;
      return new Response(null, { status: 204 });
    });
    const key = newId();
    const first = send(slow, { key });
    await inside.promise;
    expect((await send(slow, { key })).status).toBe(409);
    goOn.resolve();
    expect((await first).status).toBe(204);
    expect((await send(slow, { key })).headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('what went wrong', () => {
  it('is not kept: the key is as good as new', async () => {
    const key = newId();
    expect((await send(make, { key, body: 'wrong' })).status).toBe(422);
    expect((await send(make, { key, body: 'right' })).status).toBe(201);
    expect(made).toBe(2);
  });

  it('is forgotten when whoever answered has died, and they change nothing when they were only slow', async () => {
    const id = newId();
    const first = await claimKey(id, userId);
    expect(await claimKey(id, userId)).toEqual({ state: 'held' });
    await sql()`update idempotency_keys set held_until = now() - interval '1 second' where id = ${id}`;
    const second = await claimKey(id, userId);
    if (first.state !== 'mine' || second.state !== 'mine') throw new Error('both were to hold it');
    const kept = { sealed: Buffer.from('x'), userId, jobId: null };
    const held = holdKey(id, first.holder);
    await held.keep({ fingerprint: 'of the first', ...kept });
    await held.release();
    expect(await claimKey(id, userId)).toEqual({ state: 'held' });
    await holdKey(id, second.holder).keep({ fingerprint: 'of the second', ...kept });
    expect(await claimKey(id, userId)).toMatchObject({ state: 'answered', fingerprint: 'of the second' });
  });
});

describe('a form', () => {
  const form = (boundary: string, parts: [string, string][], file = 'the novel') =>
    [
      ...parts.map(
        ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`,
      ),
      `--${boundary}\r\ncontent-disposition: form-data; name="pdf_file"; filename="a.pdf"\r\n\r\n${file}`,
      `--${boundary}--\r\n`,
    ].join('\r\n');
  const sendForm = (key: string, boundary: string, parts: [string, string][], file?: string) =>
    send(make, { key, body: form(boundary, parts, file), type: `multipart/form-data; boundary=${boundary}` });

  it('is the same whatever its boundary and order', async () => {
    const key = newId();
    await sendForm(key, 'one', [
      ['a', '1'],
      ['b', '2'],
    ]);
    const again = await sendForm(key, 'another', [
      ['b', '2'],
      ['a', '1'],
    ]);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  });

  it.each([
    ['field', [['a', '2']], 'the novel'],
    ['name of a field', [['b', '1']], 'the novel'],
    ['file', [['a', '1']], 'the novel!'],
  ] satisfies [string, [string, string][], string][])('is another with another %s', async (_, parts, file) => {
    const key = newId();
    await sendForm(key, 'one', [['a', '1']]);
    expect((await sendForm(key, 'one', parts, file)).status).toBe(422);
  });

  it('that breaks off is not taken for the whole', async () => {
    const key = newId();
    const type = 'multipart/form-data; boundary=one';
    await send(make, { key, body: form('one', [['a', '1']]), type });
    const broken = form('one', [['a', '1']]).slice(0, -12);
    expect((await send(make, { key, body: broken, type })).status).toBe(422);
  });

  it('of more fields than any form of ours has is not kept in mind', async () => {
    const key = newId();
    const many = Array.from({ length: 31 }, (_, n): [string, string] => [`f${n}`, '1']);
    expect((await sendForm(key, 'one', many)).status).toBe(201);
    expect((await sendForm(key, 'one', many)).headers.get('idempotent-replayed')).toBeNull();
  });

  it('passes by no faster than it is read', async () => {
    const CHUNK = 64 * 1024;
    let given = 0;
    const big = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (given === 0) controller.enqueue(Buffer.from(form('one', []).split('the novel')[0] ?? ''));
        given += CHUNK;
        controller.enqueue(randomBytes(CHUNK));
        if (given > 400 * CHUNK) controller.close();
      },
    });
    let mostAhead = 0;
    const slow = route(async ({ request }) => {
      let read = 0;
      for await (const chunk of request.body ?? []) {
        read += chunk.length;
        await new Promise(setImmediate);
        mostAhead = Math.max(mostAhead, given - read);
      }
      return new Response(null, { status: 204 });
    });
    await send(slow, { key: newId(), body: big, type: 'multipart/form-data; boundary=one' });
    expect(given).toBeGreaterThan(400 * CHUNK);
    expect(mostAhead).toBeLessThan(8 * CHUNK);
  });
});

describe('a kept answer', () => {
  it('cannot be read from the table', async () => {
    const key = newId();
    await send(make, { key, body: 'a' });
    const rows = await sql()`select * from idempotency_keys where answer is not null`;
    expect(rows.length).toBeGreaterThan(0);
    const everything = rows.map((row) => `${JSON.stringify(row)}${row.answer.toString('latin1')}`).join();
    expect(everything).not.toMatch(/fnt_secret/);
    expect(everything).not.toContain(key);
  });

  it('goes with the job it tells of, and with its user', async () => {
    const added = await addJob({ userId });
    jobId = added.jobId;
    const key = newId();
    await send(make, { key, body: 'a' });
    await sql()`delete from jobs where id = ${jobId}`;
    expect(await sql()`select 1 from idempotency_keys where user_id = ${userId}`).toHaveLength(0);
    // A job that went while it was answered.
    expect((await send(make, { key, body: 'a' })).status).toBe(201);
    expect(await sql()`select 1 from idempotency_keys where user_id = ${userId}`).toHaveLength(0);
    jobId = undefined;
    await send(make, { key, body: 'a' });
    await sql()`delete from users where id = ${userId}`;
    expect(await sql()`select 1 from idempotency_keys where user_id = ${userId}`).toHaveLength(0);
  });

  it('is kept for a day and forgotten after it', async () => {
    const key = newId();
    await send(make, { key, body: 'a' });
    await sql()`update idempotency_keys set expires_at = expires_at - interval '24 hours' where user_id = ${userId}`;
    await sweepKeys();
    expect((await send(make, { key, body: 'a' })).headers.get('idempotent-replayed')).toBe('true');
    await sql()`update idempotency_keys set expires_at = expires_at - interval '2 hours' where user_id = ${userId}`;
    expect((await sweepKeys()).keys).toBe(1);
    expect((await send(make, { key, body: 'b' })).status).toBe(201);
  });
});
