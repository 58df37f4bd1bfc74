import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { addUser } from '@/db/testing/factories';
import type { Access } from './access';
import { requireAccess } from './access';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys';
import { findUser, toMe } from './find-user';
import { identify } from './identify';
import type { Me } from './schema';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);

connectTestDatabase();
let reader: Me;
let admin: Me;
beforeAll(async () => {
  [reader, admin] = [await newUser('reader'), await newUser('admin')];
});
afterAll(environment.remove);

async function newUser(role: 'reader' | 'admin'): Promise<Me> {
  const user = await findUser(await addUser({ role }));
  if (!user) throw new Error('the user was not added');
  return toMe(user);
}
const asking = (key: string) =>
  identify(new Request('http://localhost/api/v1/jobs', { headers: { authorization: `Bearer ${key}` } }));
const make = (owner: Me, scopes: ('read' | 'process' | 'admin')[] = ['read']) =>
  createApiKey(owner, { name: 'a script', scopes });

describe('an API key', () => {
  it('is told once and kept as a hash', async () => {
    const created = await make(reader);
    expect(created.key).toMatch(/^fnt_[\w-]{43}$/);
    expect(created.key.startsWith(created.prefix)).toBe(true);
    const rows = JSON.stringify(await sql()`select * from api_keys`);
    expect(rows).toContain(created.prefix);
    expect(rows).not.toContain(created.key);
    const { items } = await listApiKeys(reader.id);
    expect(items.find(({ id }) => id === created.id)).toEqual({ ...created, key: undefined });
  });

  it('stands for its owner with its scopes', async () => {
    const { key } = await make(reader, ['process', 'read', 'read']);
    expect(await asking(key)).toEqual({ user: reader, via: 'key', scopes: ['process', 'read'], isFresh: false });
    expect(await asking(`${key}x`)).toBeUndefined();
    expect(await asking('fnt_')).toBeUndefined();
  });

  it('says when it was last used, to the minute', async () => {
    const { id, key } = await make(reader);
    const lastUse = async () => (await listApiKeys(reader.id)).items.find((each) => each.id === id)?.last_used_at;
    expect(await lastUse()).toBeNull();
    await asking(key);
    const first = await lastUse();
    expect(Date.parse(String(first))).toBeGreaterThan(Date.now() - 60_000);
    await asking(key);
    expect(await lastUse()).toBe(first);
    await sql()`update api_keys set last_used_at = last_used_at - interval '61 seconds' where id = ${id}`;
    await asking(key);
    expect(Date.parse(String(await lastUse()))).toBeGreaterThanOrEqual(Date.parse(String(first)));
  });

  it('is written down once in a minute, however many use it at once', async () => {
    const { key } = await make(reader);
    await sql()`create table uses (at timestamptz default clock_timestamp())`;
    await sql()`create function note_use() returns trigger language plpgsql as
      'begin insert into uses default values; return null; end'`;
    await sql()`create trigger note_use after update on api_keys for each row execute function note_use()`;
    for (const _ of [1, 2]) await Promise.all(Array.from({ length: 20 }, () => asking(key)));
    expect(await sql()`select 1 from uses`).toHaveLength(1);
    await sql()`drop trigger note_use on api_keys`;
  });

  it('ends at once when it is revoked, by its owner only, and is listed no more', async () => {
    const { id, key } = await make(reader);
    await expect(revokeApiKey(admin.id, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await asking(key)).toBeDefined();
    await revokeApiKey(reader.id, id);
    expect(await asking(key)).toBeUndefined();
    expect((await listApiKeys(reader.id)).items.map((each) => each.id)).not.toContain(id);
    await expect(revokeApiKey(reader.id, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot be made by the hundred, not even at once', async () => {
    const owner = await newUser('reader');
    const made = await Promise.allSettled(Array.from({ length: 60 }, () => make(owner)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await expect(make(owner)).rejects.toMatchObject({ code: 'TOO_MANY_KEYS' });
  });

  it('is an admin’s only for an admin, and only while they are one', async () => {
    await expect(make(reader, ['admin'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { key } = await make(admin, ['admin']);
    const may = async () => {
      const identity = await asking(key);
      if (identity) requireAccess(identity, 'admin');
      return identity?.user.role;
    };
    expect(await may()).toBe('admin');
    await sql()`update users set role = 'reader' where id = ${admin.id}`;
    await expect(may()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await sql()`update users set role = 'admin' where id = ${admin.id}`;
  });
});

describe('access', () => {
  const all: Access[] = ['read', 'process', 'admin', 'account'];
  const allowed = (bearer: Parameters<typeof requireAccess>[0]) =>
    all.filter((access) => {
      try {
        requireAccess(bearer, access);
        return true;
      } catch {
        return false;
      }
    });

  it.each([
    [{ user: { role: 'reader' }, via: 'session' }, ['read', 'process', 'account']],
    [{ user: { role: 'admin' }, via: 'token' }, ['read', 'process', 'admin', 'account']],
    [{ user: { role: 'admin' }, via: 'key' }, []],
    [{ user: { role: 'admin' }, via: 'key', scopes: ['read'] }, ['read']],
    [{ user: { role: 'admin' }, via: 'key', scopes: ['process'] }, ['process']],
    [{ user: { role: 'reader' }, via: 'key', scopes: ['read', 'process', 'admin'] }, ['read', 'process']],
    [{ user: { role: 'admin' }, via: 'key', scopes: ['admin'] }, ['admin']],
  ] as const)('of %j is to %j', (bearer, expected) => {
    const scopes = 'scopes' in bearer ? { scopes: [...bearer.scopes] } : {};
    expect(allowed({ user: bearer.user, via: bearer.via, ...scopes })).toEqual(expected);
  });
});
