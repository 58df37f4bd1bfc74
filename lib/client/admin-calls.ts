import { AccountPage } from '@/lib/account/schema';
import { type Adjustment, Credits } from '@/lib/credits/schema';
import { EngineState, RunDetails, RunPage, type RunStatus } from '@/lib/runs/schema';
import { unreachable } from './api-error';
import type { Signalled, Transport } from './transport';

/** What only admins may; it is no part of the public API. */
export const adminCalls = ({ ask }: Transport) => ({
  listAccounts: async (query: { q: string; cursor: string }, { signal }: Signalled = {}) =>
    read(AccountPage, await ask(`/api/admin/users?${given(query)}`, { signal })),
  getEngine: async ({ signal }: Signalled = {}) => read(EngineState, await ask('/api/admin/engine', { signal })),
  listRuns: async (query: { status: RunStatus | ''; function: string; cursor: string }, { signal }: Signalled = {}) =>
    read(RunPage, await ask(`/api/admin/runs?${given(query)}`, { signal })),
  getRun: async (runId: string, { signal }: Signalled = {}) =>
    read(RunDetails, await ask(`/api/admin/runs/${encodeURIComponent(runId)}`, { signal })),
  adjustCredits: async (userId: string, adjustment: Adjustment) => {
    const path = `/api/admin/users/${encodeURIComponent(userId)}/adjustments`;
    const headers = { 'content-type': 'application/json' };
    return read(Credits, await ask(path, { method: 'POST', headers, body: JSON.stringify(adjustment) }));
  },
});

const given = (query: Record<string, string>) =>
  new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));

async function read<T>(schema: { parse(value: unknown): T }, answer: Response): Promise<T> {
  try {
    return schema.parse(await answer.json());
  } catch (error) {
    throw unreachable(error);
  }
}
