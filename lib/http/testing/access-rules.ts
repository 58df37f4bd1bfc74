import { sql } from '@/db/client';
import { addJob } from '@/db/testing/factories';
import { novelForm } from '@/e2e/support/ask-route';
import { makeNovel } from '@/e2e/support/novel-maker';
import type { Access } from '@/lib/auth/access';
import { createApiKey } from '@/lib/auth/api-keys';
import { findUser, toMe } from '@/lib/auth/find-user';
import { registerUser } from '@/lib/auth/register-user';
import { newId } from '@/lib/ids';

/** What a call is about, and what is sent along. */
export interface Subject {
  params?: Record<string, string | string[]>;
  body?: unknown;
}

/** Asks a route of the tree as somebody. */
export type Ask = (name: string, userId: string, subject: Subject) => Promise<Response>;

export interface Rule {
  /** Who gets through: anybody, whoever signs in, only whose it is, or only an admin. */
  lets: 'anybody' | 'somebody' | 'owner' | 'admin';
  /** What they are answered then. */
  with: number;
  /** What a key must hold; by itself `read` for GET and `process` for the rest. No key stands for the person. */
  needs?: Access;
  /** Then there is nobody any more who could ask again. */
  endsAccount?: boolean;
  /** Made for `ownerId`, and again when it has been used up. */
  subject?: (ownerId: string, ask: Ask) => Promise<Subject>;
}

const PASSWORD = 'une salle de lecture au calme';
const novel = () => makeNovel({ seed: 5, pages: 1 });
const form = async (fields: Record<string, string> = {}) => novelForm((await novel()).pdf, fields);

const job = (
  status: 'processing' | 'completed' | 'cancelled',
  rest: Subject = {},
  more: Record<string, string> = {},
) => ({
  subject: async (userId: string): Promise<Subject> => {
    const { jobId } = await addJob({ userId, status, job: { retryCount: 0 }, novel: { storageKey: `${newId()}.pdf` } });
    return { ...rest, params: { jobId, ...more } };
  },
});

const read = (answer: Response): Promise<Record<string, string>> => answer.json();

/** A quote whose file is kept. */
const quoted = async (userId: string, ask: Ask): Promise<string> => {
  const body = await form({ keep_file: 'true' });
  const { quote_id } = await read(await ask('POST /api/v1/estimate', userId, { body }));
  return quote_id ?? '';
};

const confirmed = async (userId: string, ask: Ask): Promise<Subject> => {
  const body = { quote_id: await quoted(userId, ask) };
  const { job_id = '' } = await read(await ask('POST /api/v1/jobs/confirm', userId, { body }));
  return { body: await form({ job_id }) };
};

const WEBHOOK = 'https://example.org/novels';
const webhook = async (userId: string, ask: Ask): Promise<Subject> => {
  const { id = '' } = await read(await ask('POST /api/v1/webhooks', userId, { body: { url: WEBHOOK } }));
  return { params: { webhookId: id } };
};

const refreshable = async (ask: Ask): Promise<Subject> => {
  const body = { email: `${newId()}@example.org`, password: PASSWORD };
  const { id } = await registerUser(body);
  const { refresh_token } = await read(await ask('POST /api/v1/auth/token', id, { body }));
  return { body: { refresh_token } };
};

const keyed = async (userId: string): Promise<Subject> => {
  const user = await findUser(userId);
  if (!user) throw new Error('nobody to make a key for');
  const { id } = await createApiKey(toMe(user), { name: 'a script', scopes: ['read'] });
  return { params: { keyId: id } };
};

/** Whoever has no password yet may set one, having just signed in. */
const passwordless = async (): Promise<Subject> => {
  await sql()`update users set password_hash = null`;
  return { body: { new_password: PASSWORD } };
};

const forAnybody = (status = 200): Rule => ({ lets: 'anybody', with: status });
const forSomebody = (status = 200): Rule => ({ lets: 'somebody', with: status });
const forThePerson = (status = 200): Rule => ({ ...forSomebody(status), needs: 'account' });

const nowhere: Rule = { ...forAnybody(404), subject: async () => ({ params: { path: ['nothing', 'here'] } }) };

/** Who may ask what. A route that is served and neither here nor in LIBRARY_RULES fails the test. */
export const RULES: Record<string, Rule> = {
  'GET /api/[[...path]]': nowhere,
  'POST /api/[[...path]]': nowhere,
  'PUT /api/[[...path]]': nowhere,
  'PATCH /api/[[...path]]': nowhere,
  'DELETE /api/[[...path]]': nowhere,
  'OPTIONS /api/[[...path]]': nowhere,
  'GET /api/health/live': forAnybody(),
  'GET /api/health/ready': forAnybody(),
  // Whoever they are, without METRICS_TOKEN it is for this machine alone, and here nobody says where they ask from.
  'GET /api/metrics': forAnybody(403),
  'GET /api/samples/story': forAnybody(),
  'GET /api/v1/openapi.json': forAnybody(),
  'POST /api/v1/auth/register': {
    ...forAnybody(201),
    subject: async () => ({ body: { email: `${newId()}@example.org`, password: PASSWORD } }),
  },
  'POST /api/v1/auth/token': {
    ...forAnybody(),
    subject: async () => {
      const body = { email: `${newId()}@example.org`, password: PASSWORD };
      await registerUser(body);
      return { body };
    },
  },
  'POST /api/v1/auth/refresh': { ...forAnybody(), subject: (_, ask) => refreshable(ask) },

  'GET /api/v1/auth/me': forSomebody(),
  'PUT /api/v1/auth/password': { ...forThePerson(204), subject: passwordless },
  'DELETE /api/v1/auth/sessions': forThePerson(204),
  'GET /api/admin/users': { lets: 'admin', with: 200, needs: 'admin' },
  'POST /api/admin/users/[userId]/adjustments': {
    lets: 'admin',
    with: 201,
    needs: 'admin',
    subject: async (userId) => ({ params: { userId }, body: { amount: 5, note: 'a gift' } }),
  },
  // The engine of these tests is none of ours: it has no runs that could be shown here.
  'GET /api/admin/engine': { lets: 'admin', with: 200, needs: 'admin' },
  'GET /api/admin/runs': { lets: 'admin', with: 404, needs: 'admin' },
  'GET /api/admin/runs/[runId]': {
    lets: 'admin',
    with: 404,
    needs: 'admin',
    subject: async () => ({ params: { runId: '01JADMIN' } }),
  },
  'DELETE /api/v1/account': { ...forThePerson(204), subject: passwordless, endsAccount: true },
  'GET /api/v1/account/export': forThePerson(),
  'GET /api/v1/api-keys': forThePerson(),
  'POST /api/v1/api-keys': { ...forThePerson(201), subject: async () => ({ body: { name: 'a script' } }) },
  'DELETE /api/v1/api-keys/[keyId]': { lets: 'owner', with: 204, needs: 'account', subject: keyed },
  'GET /api/v1/credits': forSomebody(),
  'GET /api/v1/credits/ledger': forSomebody(),
  'GET /api/v1/settings': forSomebody(),
  'PUT /api/v1/settings': { ...forSomebody(), subject: async () => ({ body: {} }) },
  'GET /api/v1/jobs': forSomebody(),
  'POST /api/v1/jobs': { ...forSomebody(202), subject: async () => ({ body: await form() }) },
  'POST /api/v1/estimate': { ...forSomebody(), subject: async () => ({ body: await form() }) },
  'POST /api/v1/process-pdf': { ...forSomebody(), subject: async () => ({ body: await form() }) },

  'GET /api/v1/webhooks': forSomebody(),
  'POST /api/v1/webhooks': { ...forSomebody(201), subject: async () => ({ body: { url: WEBHOOK } }) },
  'DELETE /api/v1/webhooks/[webhookId]': { lets: 'owner', with: 204, subject: webhook },
  'POST /api/v1/webhooks/[webhookId]/test': { lets: 'owner', with: 202, subject: webhook },

  'POST /api/v1/estimate/[quoteId]': {
    lets: 'owner',
    with: 200,
    subject: async (userId, ask) => ({ params: { quoteId: await quoted(userId, ask) }, body: {} }),
  },
  'DELETE /api/v1/estimate/[quoteId]': {
    lets: 'owner',
    with: 204,
    subject: async (userId, ask) => ({ params: { quoteId: await quoted(userId, ask) } }),
  },
  'POST /api/v1/jobs/confirm': {
    lets: 'owner',
    with: 201,
    subject: async (userId, ask) => ({ body: { quote_id: await quoted(userId, ask) } }),
  },
  'POST /api/v1/process-pdf-async': { lets: 'owner', with: 202, subject: confirmed },
  'GET /api/v1/jobs/[jobId]': { lets: 'owner', with: 200, ...job('processing') },
  'DELETE /api/v1/jobs/[jobId]': { lets: 'owner', with: 204, ...job('completed') },
  'POST /api/v1/jobs/[jobId]/cancel': { lets: 'owner', with: 200, ...job('processing') },
  'GET /api/v1/jobs/[jobId]/chunks': { lets: 'owner', with: 200, ...job('processing') },
  'GET /api/v1/jobs/[jobId]/events': { lets: 'owner', with: 200, ...job('completed') },
  'GET /api/v1/jobs/[jobId]/export': { lets: 'owner', with: 200, ...job('completed') },
  'GET /api/v1/jobs/[jobId]/report': { lets: 'owner', with: 200, ...job('completed') },
  'POST /api/v1/jobs/[jobId]/retry': { lets: 'owner', with: 202, ...job('cancelled') },
  'GET /api/v1/jobs/[jobId]/sentences': { lets: 'owner', with: 200, ...job('processing') },
  'PATCH /api/v1/jobs/[jobId]/sentences/[position]': {
    lets: 'owner',
    with: 200,
    ...job('completed', { body: { locked: true } }, { position: '0' }),
  },
};

/** What a route cannot do without. */
export const QUERIES: Record<string, string> = { 'GET /api/v1/jobs/[jobId]/export': '?format=csv' };
