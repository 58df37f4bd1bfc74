import { route } from '@/lib/http/route';
import { withUpload } from '@/lib/http/with-upload';
import { quoteNovel } from '@/lib/jobs/quote-novel';
import { removeFile } from '@/lib/storage/store';

export const POST = route(async ({ request, identity }) =>
  withUpload(request, async ({ file, name, fields }) => {
    const { signal } = request;
    const quote = await quoteNovel({ userId: identity.user.id, file, name, settings: fields, signal });
    await removeFile(file.key);
    return Response.json(quote);
  }),
);
