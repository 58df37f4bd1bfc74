import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { isAppError } from '@/lib/errors';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { failJob } from '@/lib/jobs/fail-job';
import { finishJob } from '@/lib/jobs/finish-job';
import { createWebhook } from './create-webhook';
import { deleteWebhook } from './delete-webhook';
import { deliverMessage, MOST_ATTEMPTS } from './deliver-message';
import { listDueMessages } from './list-due-messages';
import { listWebhooks } from './list-webhooks';
import { NewWebhook } from './schema';
import { sweepMessages } from './sweep-messages';
import { startReceiver, verified } from './testing/receiver';
import { tryWebhook } from './try-webhook';

const environment = await vi.hoisted(async () => {
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  return prepareEnvironment({ WEBHOOK_ALLOW_PRIVATE: '1' });
});
connectTestDatabase();

type Receiver = Awaited<ReturnType<typeof startReceiver>>;
let receiver: Receiver;
let answer: () => number = () => 204;
beforeEach(async () => {
  answer = () => 204;
  receiver = await startReceiver(() => answer());
});
afterEach(() => receiver.close());
afterAll(environment.remove);

const add = (userId: string, wanted: Partial<NewWebhook> = {}) =>
  createWebhook(userId, NewWebhook.parse({ url: receiver.url, ...wanted }));
const messages = (webhookId: string) =>
  db().select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId));
const lastOf = async (userId: string) => (await listWebhooks(userId)).items.at(-1)?.last_message;
/** As if the time until the next attempt had passed. */
const hurry = (id: string) =>
  db().update(webhookDeliveries).set({ dueAt: sql`now() - interval '1 hour'` }).where(eq(webhookDeliveries.id, id));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isAppError(error) ? error.code : error),
  );
const addSettled = (userId: string) =>
  addJob({ userId, status: 'processing', chunks: [{ status: 'done', sentences: ['kept', 'rewritten'] }] });

describe('a webhook', () => {
  it('shows its secret once, and the database alone does not know it', async () => {
    const userId = await addUser();
    const { secret, ...webhook } = await add(userId);
    expect(await listWebhooks(userId)).toEqual({ items: [webhook], next: null });
    const [row] = await db().select().from(webhooks).where(eq(webhooks.id, webhook.id));
    expect(JSON.stringify(row)).not.toContain(secret.slice('whsec_'.length));
  });

  it('is somebody’s: nobody else sees, tries or removes it', async () => {
    const { id } = await add(await addUser());
    const other = await addUser();
    expect((await listWebhooks(other)).items).toEqual([]);
    expect(await codeOf(tryWebhook(other, id))).toBe('NOT_FOUND');
    expect(await codeOf(deleteWebhook(other, id))).toBe('NOT_FOUND');
    expect(await messages(id)).toEqual([]);
  });

  it('is refused where nothing may be sent to, and above ten, however many ask at once', async () => {
    const userId = await addUser();
    expect(await codeOf(add(userId, { url: 'ftp://example.org' }))).toBe('INVALID_INPUT');
    const outcomes = await Promise.all(Array.from({ length: 15 }, () => codeOf(add(userId))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'INVALID_INPUT')).toHaveLength(5);
  });

  it('goes with what was not delivered yet', async () => {
    const userId = await addUser();
    const { id } = await add(userId);
    const message = await tryWebhook(userId, id);
    await deleteWebhook(userId, id);
    expect(await deliverMessage(message.id)).toEqual({ state: 'not due' });
    expect(receiver.received).toEqual([]);
  });
});

describe('the end of a job', () => {
  it.each([
    ['completed', (jobId: string) => finishJob(jobId)],
    ['failed', (jobId: string) => failJob(jobId, 'INTERNAL', 'Something failed.')],
    ['cancelled', (jobId: string, userId: string) => cancelJob(userId, jobId, 'reader@example.org')],
  ])('is told to who wants to know: %s', async (status, end) => {
    const userId = await addUser();
    const { jobId } = await addSettled(userId);
    const wanted = NewWebhook.parse({ url: receiver.url, events: [`job.${status}`] });
    const told = await createWebhook(userId, wanted);
    const others = NewWebhook.parse({ url: receiver.url }).events.filter((event) => !wanted.events.includes(event));
    const untold = await add(userId, { events: others });
    const strange = await add(await addUser());
    await end(jobId, userId);
    await end(jobId, userId).catch(() => undefined);
    const [message, ...more] = await messages(told.id);
    if (!message) throw new Error('nothing was written');
    expect([more, await messages(untold.id), await messages(strange.id)]).toEqual([[], [], []]);
    expect(await deliverMessage(message.id)).toEqual({ state: 'delivered' });
    const [received] = receiver.received;
    if (!received) throw new Error('nothing came');
    expect(verified(received, told.secret)).toMatchObject({
      type: `job.${status}`,
      timestamp: message.createdAt.toISOString(),
      data: { id: jobId, status },
    });
    expect(received.headers['webhook-id']).toBe(message.id);
  });
});

describe('a message', () => {
  it('that is answered well is delivered, and its webhook says so', async () => {
    const userId = await addUser();
    const { id } = await add(userId);
    const message = await tryWebhook(userId, id);
    expect(await lastOf(userId)).toEqual(message);
    expect(await deliverMessage(message.id)).toEqual({ state: 'delivered' });
    expect(await lastOf(userId)).toMatchObject({
      status: 'delivered',
      attempts: 1,
      last_status: 204,
      last_error: null,
    });
    expect(await deliverMessage(message.id)).toEqual({ state: 'not due' });
    expect(receiver.received).toHaveLength(1);
  });

  it('is sent by one at a time, however many try', async () => {
    const userId = await addUser();
    const { id } = await tryWebhook(userId, (await add(userId)).id);
    const states = await Promise.all(Array.from({ length: 20 }, () => deliverMessage(id)));
    expect(states.filter(({ state }) => state === 'delivered')).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('that is answered badly waits longer each time, keeps its id, and fails in the end', async () => {
    answer = () => 500;
    const userId = await addUser();
    const { id } = await tryWebhook(userId, (await add(userId)).id);
    const waits: number[] = [];
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      const delivery = await deliverMessage(id);
      if (delivery.state !== 'waiting') throw new Error(delivery.state);
      waits.push(delivery.delayMs);
      expect(await lastOf(userId)).toMatchObject({ status: 'pending', attempts: attempt, last_status: 500 });
      expect(await deliverMessage(id)).toEqual({ state: 'not due' });
      await hurry(id);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(24 * 3_600_000);
    expect(await deliverMessage(id)).toEqual({ state: 'failed' });
    expect(await lastOf(userId)).toMatchObject({ status: 'failed', attempts: MOST_ATTEMPTS, last_status: 500 });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
    expect(receiver.received).toHaveLength(MOST_ATTEMPTS);
  });

  it('that nobody takes says why, and that somebody wants no more of is not sent again', async () => {
    const userId = await addUser();
    const webhook = await add(userId);
    const { id } = await tryWebhook(userId, webhook.id);
    await receiver.close();
    expect((await deliverMessage(id)).state).toBe('waiting');
    expect(await lastOf(userId)).toMatchObject({ status: 'pending', last_status: null, last_error: 'unreachable' });
    receiver = await startReceiver(() => 410);
    const gone = await tryWebhook(userId, (await add(userId)).id);
    expect(await deliverMessage(gone.id)).toEqual({ state: 'failed' });
  });

  it('is found while it is new, and when the time of its next attempt has passed without one', async () => {
    answer = () => 503;
    const userId = await addUser();
    const { id } = await tryWebhook(userId, (await add(userId)).id);
    const isFound = async () => (await listDueMessages()).some(({ messageId }) => messageId === id);
    expect(await isFound()).toBe(true);
    await deliverMessage(id);
    expect(await isFound()).toBe(false);
    await hurry(id);
    expect(await isFound()).toBe(true);
    answer = () => 204;
    await deliverMessage(id);
    await hurry(id);
    expect(await isFound()).toBe(false);
  });

  it('is forgotten a month after its end, and not before', async () => {
    const userId = await addUser();
    const { id: webhookId } = await add(userId);
    const [old, young] = [await tryWebhook(userId, webhookId), await tryWebhook(userId, webhookId)];
    await tryWebhook(userId, webhookId);
    const end = (id: string, days: number) =>
      db()
        .update(webhookDeliveries)
        .set({ status: 'failed', endedAt: sql`now() - ${days} * interval '1 day'` })
        .where(eq(webhookDeliveries.id, id));
    await end(old.id, 31);
    await end(young.id, 29);
    expect(await sweepMessages()).toBe(1);
    expect((await messages(webhookId)).map(({ id }) => id)).not.toContain(old.id);
    expect(await messages(webhookId)).toHaveLength(2);
  });
});
