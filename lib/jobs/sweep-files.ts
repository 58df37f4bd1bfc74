import { isNotNull } from 'drizzle-orm';
import { db } from '@/db/client';
import { novels } from '@/db/schema';
import { removeOrphans } from '@/lib/storage/store';

/** An upload under way is younger than this. */
const SPARED_MS = 60 * 60 * 1000;

/** Removes files that no novel refers to, as a crash can leave them. Returns how many. */
export async function sweepFiles(): Promise<number> {
  const rows = await db().select({ key: novels.storageKey }).from(novels).where(isNotNull(novels.storageKey));
  const known = new Set(rows.map(({ key }) => key));
  return removeOrphans((key) => known.has(key), SPARED_MS);
}
