import { sql } from '@/db/client';

/** As if nothing had happened to the job for so long. */
export const standStill = (jobId: string, seconds: number) =>
  sql().begin(async (tx) => {
    await tx`alter table jobs disable trigger jobs_raise_version`;
    await tx`update jobs set updated_at = now() - ${seconds} * interval '1 second' where id = ${jobId}`;
    await tx`alter table jobs enable trigger jobs_raise_version`;
  });
