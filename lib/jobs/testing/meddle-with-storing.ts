import { sql } from '@/db/client';

/** `does` so in PL/pgSQL before sentences are written, some hundred at once; answers how to undo it. */
export async function onStoring(does: string) {
  await sql().unsafe(`create function meddle() returns trigger language plpgsql as 'begin ${does}; return null; end'`);
  await sql()`create trigger meddle before insert on sentences execute function meddle()`;
  return () => sql()`drop function meddle cascade`;
}

/** The first time nothing comes of it, after a while. */
export async function storeOnceInVain() {
  await sql()`create sequence tries`;
  const undo = await onStoring("perform pg_sleep(0.5); if nextval(''tries'') = 1 then raise exception ''no''; end if");
  return async () => {
    await undo();
    await sql()`drop sequence tries`;
  };
}
