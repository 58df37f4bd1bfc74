import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { withUpload } from '@/lib/http/with-upload';
import { quoteNovel } from '@/lib/jobs/quote-novel';
import { KeepFile } from '@/lib/jobs/quote-schema';
import { parseInput } from '@/lib/parse-input';
import { removeFile } from '@/lib/storage/store';

export const POST = route(async ({ request, identity, limits }) => {
  const userId = identity.user.id;
  await limits.count('estimates', userId);
  return withUpload(request, async ({ file, name, fields }) => {
    const { keep_file: keepsFile } = parseInput(KeepFile, fields);
    const { signal } = request;
    const quote = await quoteNovel({ userId, file, name, settings: fields, signal, keepsFile });
    if (!keepsFile) await removeFile(file.key);
    return Response.json(quote);
  });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
