import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from './pinned-lookup';
import { postMessage } from './post-message';
import { newSecret } from './seal-secret';
import { startReceiver, verified } from './testing/receiver';

type Receiver = Awaited<ReturnType<typeof startReceiver>>;
const receivers: Receiver[] = [];
const receiver = async (...given: Parameters<typeof startReceiver>) => {
  const started = await startReceiver(...given);
  receivers.push(started);
  return started;
};
afterEach(async () => {
  for (const each of receivers.splice(0)) await each.close();
});

const secret = newSecret();
const body = JSON.stringify({ type: 'job.completed', data: { id: 'été' } });
const message = (url: string) => ({ id: 'msg_1', url, secret, body });
const LOCAL = { allowsPrivate: true };

const answers = (...given: LookupAddress[][]) => {
  let asked = 0;
  const resolve: Resolve = (_, done) => done(null, given[Math.min(asked++, given.length - 1)] ?? []);
  return { resolve, asked: () => asked };
};
const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });

describe('a message', () => {
  it('is signed so that the usual library takes it, with its id and the time', async () => {
    const { url, received } = await receiver();
    expect(await postMessage(message(url), LOCAL)).toEqual({ status: 204 });
    const [first] = received;
    if (!first) throw new Error('nothing came');
    expect(verified(first, secret)).toEqual(JSON.parse(body));
    expect(first.headers['webhook-id']).toBe('msg_1');
    expect(first.headers['content-type']).toBe('application/json');
    expect(() => verified(first, newSecret())).toThrow('No matching signature');
    expect(() => verified({ ...first, body: `${body} ` }, secret)).toThrow('No matching signature');
  });

  it('is not sent on when it is redirected', async () => {
    const elsewhere = await receiver();
    const { url } = await receiver(() => elsewhere.url);
    expect(await postMessage(message(url), LOCAL)).toEqual({ status: 307 });
    expect(elsewhere.connections()).toBe(0);
  });

  it('waits for an answer for so long only', async () => {
    const { url, received } = await receiver(() => 0);
    expect(await postMessage(message(url), { ...LOCAL, timeoutMs: 100 })).toEqual({ error: 'timed_out' });
    expect(received).toHaveLength(1);
  });

  it('that reaches nobody says so', async () => {
    const gone = await startReceiver();
    await gone.close();
    expect(await postMessage(message(gone.url), LOCAL)).toEqual({ error: 'unreachable' });
    const name = 'https://nowhere.invalid/';
    expect(await postMessage(message(name), { allowsPrivate: false })).toEqual({ error: 'address_refused' });
  });
});

describe('a private address', () => {
  it('is not connected to, however it is written', async () => {
    const { port, connections } = await receiver();
    for (const host of ['127.0.0.1', '2130706433', '0177.1', '[::ffff:127.0.0.1]', 'localhost']) {
      const outcome = await postMessage(message(`https://${host}:${port}/`), { allowsPrivate: false });
      expect([host, outcome]).toEqual([host, { error: 'address_refused' }]);
    }
    expect(connections()).toBe(0);
  });

  it.each([
    ['alone', [v4('127.0.0.1')]],
    ['beside a public one', [v4('93.184.216.34'), v4('127.0.0.1')]],
    ['mapped into IPv6', [v6('::ffff:127.0.0.1')]],
    ['of a link', [v6('fe80::1%eth0')]],
    ['of a cloud’s own services', [v4('169.254.169.254')]],
  ])('that a name leads to is not connected to: %s', async (_, addresses) => {
    const { port, connections } = await receiver();
    const { resolve } = answers(addresses);
    const outcome = await postMessage(message(`https://example.org:${port}/`), { allowsPrivate: false, resolve });
    expect(outcome).toEqual({ error: 'address_refused' });
    expect(connections()).toBe(0);
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'])(
    'is answered like a name that is not known (%s): who asks does not learn which names a local network has',
    async (code) => {
      const resolve: Resolve = (_, done) => done(Object.assign(new Error('no such name'), { code }), []);
      const outcome = await postMessage(message('https://wiki.corp/'), { allowsPrivate: false, resolve });
      expect(outcome).toEqual({ error: 'address_refused' });
    },
  );

  it('that a name leads to only when it is asked again is not connected to: it is asked once', async () => {
    const { port, connections } = await receiver();
    const { resolve, asked } = answers([v4('93.184.216.34')], [v4('127.0.0.1')]);
    const options = { allowsPrivate: false, resolve, timeoutMs: 200 };
    const outcome = await postMessage(message(`https://example.org:${port}/`), options);
    expect(outcome).toHaveProperty('error');
    expect(outcome).not.toEqual({ error: 'address_refused' });
    expect([asked(), connections()]).toEqual([1, 0]);
  });

  it('is what the connection goes to where it is allowed: that which was looked up, whatever the name', async () => {
    const { port, received } = await receiver();
    const { resolve } = answers([v4('127.0.0.1')]);
    expect(await postMessage(message(`http://example.org:${port}/`), { allowsPrivate: true, resolve })).toEqual({
      status: 204,
    });
    expect(received[0]?.headers.host).toBe(`example.org:${port}`);
  });
});
