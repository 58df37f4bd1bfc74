import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addJob, addUser } from '@/db/testing/factories';
import { askRoute } from '@/e2e/support/ask-route';
import { startPipeline } from '@/e2e/support/pipeline';
import { announce } from '@/inngest/client';
import { jobCancelledEvent, jobStartedEvent } from '@/inngest/events';
import { cancelJob } from '@/lib/jobs/cancel-job';
import { createWebhook } from '@/lib/webhooks/create-webhook';
import { listWebhooks } from '@/lib/webhooks/list-webhooks';
import { NewWebhook } from '@/lib/webhooks/schema';
import { startReceiver, verified } from '@/lib/webhooks/testing/receiver';

const { environment, enginePort } = await vi.hoisted(async () => {
  const { findFreePort } = await import('@/scripts/start/free-port');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const enginePort = await findFreePort(0, '127.0.0.1');
  const environment = prepareEnvironment({
    WEBHOOK_ALLOW_PRIVATE: '1',
    INNGEST_DEV: `http://127.0.0.1:${enginePort}`,
  });
  return { environment, enginePort };
});

const database = connectTestDatabase();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline({ databaseUrl: database.url, enginePort });
});
afterAll(async () => {
  await pipeline.close();
  environment.remove();
});

const settled = {
  chunks: [{ status: 'done' as const, sentences: ['kept' as const] }],
  job: { engine: 'offline' as const },
};

async function withReceiver(answers: number[]) {
  const receiver = await startReceiver((_, count) => answers[count - 1] ?? 204);
  const userId = await addUser();
  const webhook = await createWebhook(userId, NewWebhook.parse({ url: receiver.url }));
  const said = () => receiver.received.map((each) => verified(each, webhook.secret));
  const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']);
  const last = async () => (await listWebhooks(userId)).items[0]?.last_message;
  return { receiver, userId, webhook, said, ids, last };
}

describe('a webhook', () => {
  it('is told when a job has completed; what it does not take comes again under the same id', async () => {
    const { receiver, userId, said, ids, last } = await withReceiver([500]);
    const { jobId } = await addJob({ userId, ...settled });
    await announce(jobStartedEvent({ jobId, run: 0, workers: 1, priority: 0 }));
    await receiver.until(2);
    const told = { type: 'job.completed', data: { id: jobId, status: 'completed', sentences: { total: 1 } } };
    expect(said()).toMatchObject([told, told]);
    expect(new Set(ids()).size).toBe(1);
    await vi.waitFor(async () => expect(await last()).toMatchObject({ status: 'delivered', attempts: 2 }));
    await receiver.close();
  });

  it('is told when a job was cancelled', async () => {
    const { receiver, userId, said } = await withReceiver([]);
    const { jobId } = await addJob({ userId, ...settled });
    await cancelJob(userId, jobId, 'reader@example.org');
    await announce(jobCancelledEvent({ jobId, run: 0 }));
    await receiver.until(1);
    expect(said()).toMatchObject([{ type: 'job.cancelled', data: { id: jobId } }]);
    await receiver.close();
  });

  it('is tried on demand', async () => {
    const { POST } = await import('@/app/api/v1/webhooks/[webhookId]/test/route');
    const { receiver, userId, webhook, said } = await withReceiver([]);
    const answer = await askRoute(
      (request) => POST(request, { params: Promise.resolve({ webhookId: webhook.id }) }),
      userId,
      '',
    );
    expect(answer.status).toBe(202);
    await receiver.until(1);
    expect(said()).toMatchObject([{ type: 'webhook.test', data: { id: webhook.id } }]);
    await receiver.close();
  });
});
