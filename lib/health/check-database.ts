import { sql } from '@/db/client';
import { AppError } from '@/lib/errors';

/** Throws UNAVAILABLE when the database does not answer. */
export async function checkDatabase(): Promise<void> {
  await sql()`select 1`.catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'The database does not answer.', { cause });
  });
}
