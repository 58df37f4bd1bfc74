import { AccountPage } from '@/lib/account/schema';
import { type Adjustment, Credits } from '@/lib/credits/schema';
import { unreachable } from './api-error';
import type { Signalled, Transport } from './transport';

/** What only admins may; it is no part of the public API. */
export const adminCalls = ({ ask }: Transport) => ({
  listAccounts: async (query: { q: string; cursor: string }, { signal }: Signalled = {}) => {
    const given = Object.entries(query).filter(([, value]) => value !== '');
    const answer = await ask(`/api/admin/users?${new URLSearchParams(given)}`, { signal });
    return read(AccountPage, answer);
  },
  adjustCredits: async (userId: string, adjustment: Adjustment) => {
    const path = `/api/admin/users/${encodeURIComponent(userId)}/adjustments`;
    const headers = { 'content-type': 'application/json' };
    return read(Credits, await ask(path, { method: 'POST', headers, body: JSON.stringify(adjustment) }));
  },
});

async function read<T>(schema: { parse(value: unknown): T }, answer: Response): Promise<T> {
  try {
    return schema.parse(await answer.json());
  } catch (error) {
    throw unreachable(error);
  }
}
