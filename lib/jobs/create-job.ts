import { db } from '@/db/client';
import { chunks, jobs, novels } from '@/db/schema';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { parseInput } from '@/lib/parse-input';
import { inspectPdf } from '@/lib/pdf/inspect-pdf';
import { defaultEngine, isAvailable } from '@/lib/rewrite/available-engines';
import type { EngineName } from '@/lib/rewrite/engine';
import { filePath, type StoredFile } from '@/lib/storage/store';
import type { JobStart } from './list-waiting-jobs';
import { planChunks } from './plan-chunks';
import { JobSettings } from './schema';

export interface NewJob {
  userId: string;
  file: StoredFile;
  name: string;
  /** As they came in the form; checked here. */
  settings: unknown;
  signal?: AbortSignal;
}

/** Looks at the file and writes novel, job and chunks in one transaction. Throws the typed answer to a wrong file. */
export async function createJob({ userId, file, name, settings, signal }: NewJob): Promise<JobStart> {
  const chosen = parseInput(JobSettings, settings);
  const engine = chosen.engine ?? defaultEngine();
  if (!isAvailable(engine)) throw unavailable(engine);
  const { pages } = await inspectPdf(filePath(file.key), { maxPages: env().MAX_PAGES, ...(signal && { signal }) });
  const plan = planChunks(pages);
  const novelId = newId();
  const jobId = newId();
  await db().transaction(async (tx) => {
    const { sha256, bytes, key: storageKey } = file;
    await tx.insert(novels).values({ id: novelId, userId, name, sha256, bytes, pages, storageKey });
    await tx.insert(jobs).values({
      id: jobId,
      userId,
      novelId,
      engine,
      geminiModel: chosen.gemini_model,
      maxWords: chosen.sentence_length_limit,
      minWords: chosen.min_sentence_length,
      ignoreDialogue: chosen.ignore_dialogue,
      fixHyphenation: chosen.fix_hyphenation,
      preserveFormatting: chosen.preserve_formatting,
      workers: plan.workers,
      totalChunks: plan.chunks.length,
    });
    await tx.insert(chunks).values(plan.chunks.map((chunk) => ({ ...chunk, jobId })));
  });
  return { jobId, run: 0, workers: plan.workers };
}

const unavailable = (engine: EngineName) =>
  new AppError('INVALID_INPUT', `The engine ${engine} is not configured here.`, {
    fields: [{ field: 'engine', message: 'not configured on this server' }],
  });
