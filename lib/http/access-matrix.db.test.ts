import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { KEY_SCOPES, type KeyScope } from '@/db/schema';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import type { Access } from '@/lib/auth/access';
import { nowSeconds, signAccessToken } from '@/lib/auth/access-token';
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys';
import { authSecret } from '@/lib/auth/auth-secret';
import { type Ask, RULES, type Rule } from './testing/access-rules';
import { LIBRARY_RULES } from './testing/library-rules';
import { sendTo } from './testing/send-to';
import { everyRoute, isForeign, type ServedRoute } from './testing/served-routes';

const { environment, engine } = await vi.hoisted(async () => {
  const { startIdleEngine } = await import('@/e2e/support/idle-engine');
  const { prepareEnvironment } = await import('@/db/testing/prepare-environment');
  const engine = await startIdleEngine();
  const environment = prepareEnvironment({
    INNGEST_DEV: engine.url,
    ASYNC_PROCESSING_PERCENT: '0',
    PROCESS_LIMIT_PER_HOUR: '100000',
  });
  return { environment, engine };
});

vi.setConfig({ testTimeout: 120_000 });

connectTestDatabase();
const tree = await everyRoute();
const routes = tree.filter((route) => !isForeign(route));
const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

const people = { owner: '', other: '', admin: '', gone: '' };
async function invitePeople() {
  people.owner = await addUser();
  people.other = await addUser();
  people.admin = await addUser({ role: 'admin' });
  people.gone = await addUser();
  await sql()`delete from users where id = ${people.gone}`;
}
beforeAll(invitePeople);
afterAll(async () => {
  await engine.close();
  environment.remove();
});

/** Signing out everywhere and a new password end what was signed before. */
async function epochOf(userId: string): Promise<number> {
  const [user] = await sql()<{ epoch: number }[]>`select session_epoch as epoch from users where id = ${userId}`;
  return user?.epoch ?? 0;
}
const bearer = async (userId: string) => ({
  authorization: `Bearer ${await signAccessToken(userId, await epochOf(userId), nowSeconds())}`,
});
async function session(userId: string) {
  const token = { sub: userId, epoch: await epochOf(userId), auth_time: nowSeconds() };
  return { cookie: `next-auth.session-token=${await encode({ token, secret: authSecret() })}` };
}

/** A key of the owner's, in use. */
async function key(scopes: KeyScope[]) {
  const owner = { id: people.owner, email: '', name: null, role: 'admin' as const };
  const made = await createApiKey(owner, { name: 'a script', scopes });
  await sql()`update api_keys set last_used_at = now() where id = ${made.id}`;
  return { id: made.id, shows: { authorization: `Bearer ${made.key}` } };
}

async function revokedKey() {
  const { id, shows } = await key(['read', 'process']);
  await revokeApiKey(people.owner, id);
  return shows;
}

async function expired(userId: string) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - TWO_HOURS_MS });
  try {
    return await bearer(userId);
  } finally {
    vi.useRealTimers();
  }
}

/** Everybody who may come, what they show, and what they are answered by a rule. */
interface Visitor {
  who: string;
  shows: (needs: Access) => Promise<Record<string, string>>;
  expects: (rule: Rule, route: ServedRoute) => number;
}

const isOpen = (rule: Rule) => rule.lets === 'anybody';
const isNobody = (rule: Rule) => (isOpen(rule) ? rule.with : 401);
/** No admin. */
const isReader = (rule: Rule) => (rule.lets === 'admin' ? 403 : rule.with);
const isSomebodyElse = (rule: Rule) => (rule.lets === 'owner' ? 404 : isReader(rule));
const needsOf = (rule: Rule, route: ServedRoute): Access => rule.needs ?? (changes(route) ? 'process' : 'read');
const changes = ({ method }: ServedRoute) => method !== 'GET';

const VISITORS: Visitor[] = [
  { who: 'nobody', shows: async () => ({}), expects: isNobody },
  { who: 'the owner’s expired token', shows: () => expired(people.owner), expects: isNobody },
  { who: 'a user who is gone', shows: () => bearer(people.gone), expects: isNobody },
  { who: 'another user', shows: () => bearer(people.other), expects: isSomebodyElse },
  {
    who: 'an admin',
    shows: () => bearer(people.admin),
    expects: (rule) => (rule.lets === 'admin' ? rule.with : isSomebodyElse(rule)),
  },
  { who: 'the owner’s revoked key', shows: revokedKey, expects: isNobody },
  {
    who: 'a key of the owner’s with every scope but this one',
    shows: async (needs) => (await key(KEY_SCOPES.filter((scope) => scope !== needs))).shows,
    expects: (rule) => (isOpen(rule) ? rule.with : 403),
  },
  {
    who: 'a key of the owner’s with this scope',
    shows: async (needs) => (await key([needs === 'account' ? 'process' : needs])).shows,
    expects: (rule) => (rule.needs === 'account' ? 403 : isReader(rule)),
  },
  {
    who: 'another site in the owner’s browser',
    shows: async () => ({
      ...(await session(people.owner)),
      'sec-fetch-site': 'cross-site',
      origin: 'https://evil.test',
    }),
    expects: (rule, route) => (changes(route) && !isOpen(rule) ? 403 : isReader(rule)),
  },
  {
    who: 'the owner’s session',
    shows: async () => ({ ...(await session(people.owner)), 'sec-fetch-site': 'same-origin' }),
    expects: isReader,
  },
  { who: 'the owner', shows: () => bearer(people.owner), expects: isReader },
];

const ask: Ask = async (name, userId, subject) => {
  const route = routes.find((served) => served.name === name);
  if (!route) throw new Error(`no ${name} is served`);
  return sendTo(route, await bearer(userId), subject);
};

/** Everything the database holds, but what only counts requests. */
async function everything(): Promise<string> {
  const tables = await sql()<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like '%rate_limit%'
    order by 1`;
  const contents: unknown[] = [];
  for (const { name } of tables) {
    const [row] =
      await sql()`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${sql()(name)} t`;
    contents.push([name, row?.sum]);
  }
  return JSON.stringify(contents, null, 1);
}

it('every route in the tree has a rule, and every rule a route', () => {
  const rules = [...Object.keys(RULES), ...Object.keys(LIBRARY_RULES)];
  expect(rules.sort()).toEqual(tree.map(({ name }) => name).sort());
});

describe.each(routes)('$name', (route) => {
  const rule = RULES[route.name];
  if (!rule) return;
  let prepared: Awaited<ReturnType<NonNullable<Rule['subject']>>> | undefined;

  it.each(VISITORS)('answers $who as its rule says', async ({ shows, expects }) => {
    prepared ??= (await rule.subject?.(people.owner, ask)) ?? {};
    const subject = prepared;
    const headers = await shows(needsOf(rule, route));
    const before = await everything();
    const answer = await sendTo(route, headers, subject);
    const body = await answer.text();
    expect(answer.status, body).toBe(expects(rule, route));
    if (answer.ok && rule.endsAccount) await invitePeople();
    if (answer.ok) prepared = undefined;
    else expect(await everything(), 'who is refused changes nothing').toBe(before);
  });

  if (rule.lets !== 'owner') return;
  it('answers about what is another’s as about what is not there', async () => {
    const subject = (await rule.subject?.(people.owner, ask)) ?? {};
    const shows = await bearer(people.other);
    const body = async () => {
      const answer: Record<string, unknown> = await (await sendTo(route, shows, subject)).json();
      return { ...answer, request_id: '', instance: '' };
    };
    const there = await body();
    await sql()`delete from jobs`;
    await sql()`delete from quotes`;
    await sql()`delete from api_keys`;
    await sql()`delete from webhooks`;
    expect(await body()).toEqual(there);
    expect(there).toMatchObject({ status: 404 });
  });
});
