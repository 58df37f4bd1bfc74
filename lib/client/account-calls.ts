import type { z } from 'zod';
import { Me, RegisteredUser, Tokens } from '@/lib/auth/schema';
import { Credits, LedgerPage, type LedgerQuery } from '@/lib/credits/schema';
import { queryString, type Signalled, type Transport, withBody } from './transport';

/** Who somebody is and what they have. */
export const accountCalls = ({ ask }: Transport) => ({
  register: (account: { email: string; password: string; name?: string }) =>
    ask(RegisteredUser, '/auth/register', withBody('POST', account)),
  token: (credentials: { email: string; password: string }) =>
    ask(Tokens, '/auth/token', withBody('POST', credentials)),
  me: () => ask(Me, '/auth/me'),
  getCredits: (options: Signalled = {}) => ask(Credits, '/credits', options),
  listLedger: (query: Partial<z.input<typeof LedgerQuery>> = {}, options: Signalled = {}) =>
    ask(LedgerPage, `/credits/ledger${queryString(query)}`, options),
});
