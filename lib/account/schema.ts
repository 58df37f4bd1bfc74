import { z } from 'zod';
import { Me } from '@/lib/auth/schema';
import { Cursor } from '@/lib/credits/schema';
import { wholeNumber } from '@/lib/whole-number';

export const AccountQuery = z.object({
  q: z.string().max(200).optional().describe('a part of the e-mail address'),
  cursor: Cursor.optional(),
  limit: wholeNumber(1, 100).default(50),
});
export type AccountQuery = z.infer<typeof AccountQuery>;

/** Somebody as an admin sees them: nothing of what they read. */
export const Account = z.object({
  ...Me.shape,
  plan: z.string(),
  balance: z.int().describe('credits left this month'),
  created_at: z.iso.datetime(),
});
export type Account = z.infer<typeof Account>;

export const AccountPage = z.object({ items: z.array(Account), next: z.string().nullable() });
export type AccountPage = z.infer<typeof AccountPage>;
