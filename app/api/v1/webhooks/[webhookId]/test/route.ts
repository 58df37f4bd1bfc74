import { announce } from '@/inngest/client';
import { messageDueEvent } from '@/inngest/events';
import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { tryWebhook } from '@/lib/webhooks/try-webhook';

export const POST = route<{ webhookId: string }>(async ({ params, identity, limits }) => {
  const { webhookId } = params;
  const userId = identity.user.id;
  const message = await limits.counting('webhook-trials', userId, async (admit) => {
    await admit();
    return tryWebhook(userId, webhookId);
  });
  await announce(messageDueEvent({ messageId: message.id, webhookId, attempts: 0 }));
  return Response.json(message, { status: 202 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
