import { sql } from '@/db/client';
import { AppError } from '@/lib/errors';
import { openRoute } from '@/lib/http/route';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => {
  await sql()`select 1`.catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'The database does not answer.', { cause });
  });
  return Response.json({ status: 'ready' });
});
