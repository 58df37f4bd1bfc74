import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { EngineName, RewriteEngine } from './engine';
import { createGeminiEngine } from './gemini/gemini-engine';
import { createOfflineEngine } from './offline/offline-engine';
import { paceModelCalls } from './pace/pace-model-calls';

const engines = new Map<EngineName, RewriteEngine>();

/** The engine of that name in this process; both keep nothing of a job between calls. */
export function rewriteEngine(name: EngineName): RewriteEngine {
  const existing = engines.get(name);
  if (existing) return existing;
  const engine = name === 'offline' ? createOfflineEngine() : geminiEngine();
  engines.set(name, engine);
  return engine;
}

function geminiEngine(): RewriteEngine {
  const { GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: baseUrl, MODEL_REQUESTS_PER_MINUTE: requestsPerMinute } = env();
  const callTimeoutMs = env().MODEL_CALL_TIMEOUT_SECONDS * 1000;
  if (!apiKey) throw new AppError('MODEL_KEY_REFUSED', 'No Gemini key is configured any more.');
  return createGeminiEngine({
    apiKey,
    ...(baseUrl && { baseUrl }),
    callTimeoutMs,
    fallback: rewriteEngine('offline'),
    paceCall: paceModelCalls({ requestsPerMinute }),
  });
}
