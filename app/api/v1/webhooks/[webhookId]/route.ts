import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { deleteWebhook } from '@/lib/webhooks/delete-webhook';

export const DELETE = route<{ webhookId: string }>(async ({ params, identity }) => {
  await deleteWebhook(identity.user.id, params.webhookId);
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
