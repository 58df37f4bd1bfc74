import { sql } from '@/db/client';

interface Refusal {
  table: 'jobs' | 'sentences';
  /** Which changes, by `old` and `new`. */
  when: string;
  times: number;
  /** Of PostgreSQL. */
  errcode: string;
}

/** Refuses the first changes of a kind; a sequence counts them, since it is never rolled back. Returns what allows them again. */
export async function refuseChanges({ table, when, times, errcode }: Refusal): Promise<() => Promise<unknown>> {
  await sql().unsafe(`
    create sequence refusals;
    create function refuse() returns trigger language plpgsql as $$ begin
      if nextval('refusals') <= ${times} then raise exception 'refused' using errcode = '${errcode}'; end if;
      return new;
    end $$;
    create trigger refuse before update on ${table} for each row when (${when}) execute function refuse()`);
  return () => sql()`drop sequence refusals; drop function refuse cascade`.simple();
}
