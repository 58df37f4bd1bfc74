import { closeDatabase, openDatabase } from '@/db/client';
import { createModelClient } from '@/lib/rewrite/gemini/model-client';
import { MODEL_LADDER } from '@/lib/rewrite/gemini/model-ladder';
import { writePrompt } from '@/lib/rewrite/gemini/prompt';
import { paceModelCalls } from '@/lib/rewrite/pace/pace-model-calls';

/** What model-pace.ts starts as processes of their own: lanes that ask without end, until SIGTERM. */
const [databaseUrl = '', baseUrl = '', lanes = '1', requestsPerMinute] = process.argv.slice(2);

openDatabase(databaseUrl);
const askModel = createModelClient({ apiKey: 'key', baseUrl, callTimeoutMs: 10_000 });
const settings = { maxWords: 8, minWords: 2, geminiModel: 'balanced' as const };
const sentence = { position: 0, kind: 'narration' as const, text: 'Le gardien ouvrit la porte et regarda la mer.' };
const prompt = writePrompt({ settings, before: '', after: '' }, [{ sentence, reasons: [] }]);
const paceCall = paceModelCalls({ requestsPerMinute: requestsPerMinute ? Number(requestsPerMinute) : undefined });

let isOver = false;
process.once('SIGTERM', () => {
  isOver = true;
});

async function runLane(): Promise<void> {
  while (!isOver) {
    const { signal } = new AbortController();
    await paceCall(() => askModel(MODEL_LADDER.balanced.model, prompt, signal), signal);
  }
}

await Promise.all(Array.from({ length: Number(lanes) }, runLane));
await closeDatabase();
