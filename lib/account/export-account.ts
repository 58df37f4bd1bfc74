import { open } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import {
  apiKeys,
  idempotencyKeys,
  jobs,
  ledgerEntries,
  novels,
  quotes,
  refreshTokens,
  signInLinks,
  users,
  webhookDeliveries,
  webhooks,
} from '@/db/schema';
import { isAppError } from '@/lib/errors';
import { toBody } from '@/lib/exports/to-body';
import { getReport } from '@/lib/jobs/get-report';
import { toSentence } from '@/lib/jobs/present-job';
import { getJob, listChunks, readSentences } from '@/lib/jobs/queries';
import { findSettings } from '@/lib/jobs/user-settings';
import { withFile } from '@/lib/storage/store';
import { type ZipEntry, zip } from './zip';

/** Everything that is held about a person, as a zip; of secrets, which only they know, what they are known by. */
export async function exportAccount(userId: string) {
  return {
    body: toBody(zip(entriesOf(userId))),
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="french-novel-tool.zip"',
    },
  };
}

async function* entriesOf(userId: string): AsyncGenerator<ZipEntry> {
  yield json('account.json', await accountOf(userId));
  yield json('settings.json', await findSettings(userId));
  yield json('api-keys.json', await keysOf(userId));
  yield json('sessions.json', await sessionsOf(userId));
  yield json('sign-in-links.json', await linksOf(userId));
  yield json('idempotency-keys.json', await requestsOf(userId));
  yield json('webhooks.json', await webhooksOf(userId));
  yield json('credits.json', await db().select().from(ledgerEntries).where(eq(ledgerEntries.userId, userId)));
  yield json('quotes.json', await db().select().from(quotes).where(eq(quotes.userId, userId)));
  const uploads = await db().select().from(novels).where(eq(novels.userId, userId));
  yield json('novels.json', uploads);
  for (const { id, storageKey } of uploads) {
    const content = storageKey === null ? undefined : await openFile(storageKey);
    if (content) yield { name: `novels/${id}.pdf`, content, isPacked: true };
  }
  const owned = await db().select({ id: jobs.id }).from(jobs).where(eq(jobs.userId, userId));
  for (const { id } of owned) yield* jobEntries(userId, id);
}

/** Undefined for one whose time came meanwhile. What is open can be read, though the path was only lent. */
async function openFile(storageKey: string) {
  try {
    return (await withFile(storageKey, (path) => open(path))).createReadStream();
  } catch (error) {
    if (isAppError(error, 'FILE_EXPIRED')) return undefined;
    throw error;
  }
}

async function* jobEntries(userId: string, jobId: string): AsyncGenerator<ZipEntry> {
  yield json(`jobs/${jobId}/job.json`, (await getJob(userId, jobId)).job);
  yield json(`jobs/${jobId}/report.json`, await getReport(userId, jobId));
  yield json(`jobs/${jobId}/chunks.json`, (await listChunks(userId, jobId)).items);
  yield { name: `jobs/${jobId}/sentences.json`, content: sentencesOf(jobId) };
}

const json = (name: string, value: unknown): ZipEntry => ({ name, content: once(JSON.stringify(value, null, 1)) });

async function* once(text: string) {
  yield text;
}

async function* sentencesOf(jobId: string): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of readSentences(jobId)) {
    yield before + rows.map((row) => JSON.stringify(toSentence(row))).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function accountOf(userId: string) {
  const [user] = await db().select().from(users).where(eq(users.id, userId));
  if (!user) throw new Error('whoever asks is somebody');
  const { passwordHash, sessionEpoch: _, deletedAt: __, ...known } = user;
  return { ...known, hasPassword: passwordHash !== null };
}

async function keysOf(userId: string) {
  const rows = await db().select().from(apiKeys).where(eq(apiKeys.userId, userId));
  return rows.map(({ keyHash: _, userId: __, ...known }) => known);
}

async function sessionsOf(userId: string) {
  const rows = await db().select().from(refreshTokens).where(eq(refreshTokens.userId, userId));
  return rows.map(({ familyId, expiresAt, usedAt, revokedAt }) => ({ familyId, expiresAt, usedAt, revokedAt }));
}

async function linksOf(userId: string) {
  const rows = await db().select().from(signInLinks).where(eq(signInLinks.userId, userId));
  return rows.map(({ expiresAt, usedAt }) => ({ expiresAt, usedAt }));
}

/** The answers that are kept can be read by who has the key, and by nobody else. */
async function requestsOf(userId: string) {
  const rows = await db().select().from(idempotencyKeys).where(eq(idempotencyKeys.userId, userId));
  return rows.map(({ jobId, answer, expiresAt }) => ({ jobId, hasAnswer: answer !== null, expiresAt }));
}

async function webhooksOf(userId: string) {
  const rows = await db().select().from(webhooks).where(eq(webhooks.userId, userId));
  return Promise.all(
    rows.map(async ({ sealedSecret: _, userId: __, ...known }) => ({
      ...known,
      messages: await db().select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, known.id)),
    })),
  );
}
