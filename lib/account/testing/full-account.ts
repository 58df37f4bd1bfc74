import { POST as estimate } from '@/app/api/v1/estimate/route';
import { sql } from '@/db/client';
import { addJob } from '@/db/testing/factories';
import { novelForm } from '@/e2e/support/ask-route';
import { signAccessToken } from '@/lib/auth/access-token';
import { createApiKey } from '@/lib/auth/api-keys';
import { issueTokens } from '@/lib/auth/issue-tokens';
import { registerUser } from '@/lib/auth/register-user';
import { getCredits } from '@/lib/credits/queries';
import { newId } from '@/lib/ids';
import { JobSettings } from '@/lib/jobs/schema';
import { putSettings } from '@/lib/jobs/user-settings';
import { createWebhook } from '@/lib/webhooks/create-webhook';

export const PASSWORD = 'une salle de lecture au calme';

/** Somebody who has used everything, and the words by which each thing of theirs would be known. */
export async function addFullAccount(word: string, pdf: Uint8Array) {
  const email = `${word}@example.org`;
  const { id } = await registerUser({ email, password: PASSWORD, name: `${word} Lenoir` });
  const { access_token, refresh_token } = await issueTokens({ email, password: PASSWORD }, '192.0.2.1');
  await issueTokens({ email, password: 'not the password' }, '192.0.2.1').catch(() => undefined);
  const me = { id, email, name: null, role: 'reader' as const };
  const { key } = await createApiKey(me, { name: `${word} script`, scopes: ['read'] });
  await putSettings(id, JobSettings.parse({ sentence_length_limit: 11 }));
  await sql()`insert into sign_in_links (token_hash, user_id, expires_at) values (${newId()}, ${id}, now())`;
  const { jobId } = await addJob({ userId: id, status: 'completed', novel: { name: `${word} tome 2.pdf` } });
  await sql()`update sentences set original = ${`Ici ${word} parle.`} where job_id = ${jobId}`;
  const { id: webhookId } = await createWebhook(id, {
    url: `https://hooks.example.org/${word}`,
    events: ['job.completed'],
  });
  await sql()`insert into webhook_deliveries (id, webhook_id, job_id, event, data)
    values (${newId()}, ${webhookId}, ${jobId}, 'job.completed', ${JSON.stringify({ novel: word })})`;
  const body = novelForm(pdf, { keep_file: 'true' });
  const authorization = `Bearer ${await signAccessToken(id)}`;
  const request = new Request('http://localhost/api/v1/estimate', {
    method: 'POST',
    body,
    headers: { authorization, 'idempotency-key': word },
  });
  const quoted = await estimate(request, { params: Promise.resolve({}) });
  if (!quoted.ok) throw new Error(`no quote: ${await quoted.text()}`);
  await getCredits(id);
  return { id, email, key, jobId, authorization, secrets: [access_token, refresh_token, key] };
}

/** Every table but the system's own in which a text is found, as text or as bytes. */
export async function tablesWith(text: string): Promise<string[]> {
  const tables = await sql()<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await sql()`
      select 1 from ${sql()(schema)}.${sql()(name)} t where position(${text} in t::text) > 0
        or position(encode(convert_to(${text}, 'UTF8'), 'hex') in t::text) > 0 limit 1`;
    if (row) found.push(name);
  }
  return found;
}
