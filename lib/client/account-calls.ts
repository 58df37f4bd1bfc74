import type { AccountDeletion, PasswordChange } from '@/lib/auth/schema';
import type { JobSettings } from '@/lib/jobs/schema';
import type { paths } from './generated/api';
import { answered, dataOf, type Signalled, type Transport } from './transport';

type LedgerQuery = paths['/credits/ledger']['get']['parameters']['query'];

/** Who somebody is and what they have. */
export const accountCalls = ({ client }: Transport) => ({
  register: (account: { email: string; password: string; name?: string }) =>
    dataOf(client.POST('/auth/register', { body: account })),
  token: (credentials: { email: string; password: string }) =>
    dataOf(client.POST('/auth/token', { body: credentials })),
  me: () => dataOf(client.GET('/auth/me')),
  getCredits: (options: Signalled = {}) => dataOf(client.GET('/credits', options)),
  listLedger: (query: LedgerQuery = {}, options: Signalled = {}) =>
    dataOf(client.GET('/credits/ledger', { params: { query }, ...options })),
  putSettings: (body: JobSettings) => dataOf(client.PUT('/settings', { body })),
  async changePassword(body: PasswordChange): Promise<void> {
    await client.PUT('/auth/password', { body });
  },
  async signOutEverywhere(): Promise<void> {
    await client.DELETE('/auth/sessions');
  },
  /** Everything that is held about the person, as a zip. */
  async exportAccount(): Promise<Blob> {
    const { response } = await client.GET('/account/export', { parseAs: 'stream' });
    return answered(response.blob());
  },
  async deleteAccount(body: AccountDeletion): Promise<void> {
    await client.DELETE('/account', { body });
  },
});
