import { eq } from 'drizzle-orm';
import { db } from '@/db/client';
import { userSettings } from '@/db/schema';
import { defaultEngine, isAvailable } from '@/lib/rewrite/available-engines';
import { requireEngine } from './chosen-settings';
import { JobSettings, type UserSettings } from './schema';

/** What a reader has chosen for jobs that do not say otherwise. An engine that is not configured any more is left out. */
export async function findSettings(userId: string): Promise<JobSettings> {
  const [row] = await db().select().from(userSettings).where(eq(userSettings.userId, userId));
  if (!row) return JobSettings.parse({});
  return {
    sentence_length_limit: row.maxWords,
    min_sentence_length: row.minWords,
    ...(row.engine && isAvailable(row.engine) && { engine: row.engine }),
    gemini_model: row.geminiModel,
    ignore_dialogue: row.ignoreDialogue,
    fix_hyphenation: row.fixHyphenation,
    preserve_formatting: row.preserveFormatting,
  };
}

/** The same as a job started now would have them. */
export async function getSettings(userId: string): Promise<UserSettings> {
  return { engine: defaultEngine(), ...(await findSettings(userId)) };
}

/** Takes the place of what was chosen before; without an engine it is whichever is configured. Throws INVALID_INPUT. */
export async function putSettings(userId: string, settings: JobSettings): Promise<UserSettings> {
  if (settings.engine) requireEngine(settings.engine);
  const chosen = {
    engine: settings.engine ?? null,
    geminiModel: settings.gemini_model,
    maxWords: settings.sentence_length_limit,
    minWords: settings.min_sentence_length,
    ignoreDialogue: settings.ignore_dialogue,
    fixHyphenation: settings.fix_hyphenation,
    preserveFormatting: settings.preserve_formatting,
  };
  await db()
    .insert(userSettings)
    .values({ userId, ...chosen })
    .onConflictDoUpdate({ target: userSettings.userId, set: chosen });
  return getSettings(userId);
}
