import postgres from 'postgres';

/** The engine asks for now() without a schema, so it finds this clock before PostgreSQL's own. */
export async function giveClock(databaseUrl: string) {
  const sql = postgres(databaseUrl, {
    max: 2,
    onnotice: () => undefined,
    connection: { search_path: 'inngest_embedded' },
  });
  await sql.unsafe(`
    create schema inngest_embedded;
    create table clock (ahead interval not null);
    insert into clock values ('0');
    create function now() returns timestamptz stable language sql
      as 'select pg_catalog.now() + ahead from inngest_embedded.clock';`);
  const setClock = (ahead: string) => sql`update clock set ahead = ${ahead}::interval`;
  return { sql, setClock };
}
