import { AppError, isAppError } from '@/lib/errors';
import { FAILURES } from '@/lib/failures';
import type {
  LongSentence,
  Rewrite,
  RewriteEngine,
  RewriteMethod,
  RewriteOptions,
  RewriteRequest,
  SentenceFlag,
} from '@/lib/rewrite/engine';
import type { PaceCall } from '@/lib/rewrite/pace/pace-model-calls';
import { judgeReplies, type OpenSentence } from './judge-replies';
import type { Answer, AskModel } from './model-client';
import { MODEL_LADDER, type Model } from './model-ladder';
import { writePrompt } from './prompt';

interface Run {
  request: RewriteRequest;
  options: RewriteOptions;
  askModel: AskModel;
  paceCall: PaceCall;
  fallback: RewriteEngine;
}

interface Rung {
  model: Model;
  method: RewriteMethod;
}

/** Enough to find two blocked sentences among a thousand; a book that is blocked whole must not cost a call a sentence. */
const SPLITS_PER_BATCH = 20;

/**
 * Settles every sentence of the batch: one call; what failed once more with the reasons; what failed again by the
 * stronger model; the rest offline. Each call's results and usage are handed on before the next call is made.
 */
export async function settleBatch(batch: OpenSentence[], run: Run): Promise<void> {
  const { model, stronger } = MODEL_LADDER[run.request.settings.geminiModel];
  const rungs: Rung[] = [
    { model, method: 'gemini' },
    { model, method: 'gemini_retry' },
    ...(stronger ? [{ model: stronger, method: 'gemini_stronger' } as const] : []),
  ];
  const budget = { splits: SPLITS_PER_BATCH };
  let open = batch;
  for (const rung of rungs) {
    if (open.length > 0) open = await climb(open, rung, run, budget);
  }
  await giveUp(open, ['fell_back_to_offline'], run);
}

/** Asks on one rung of the ladder and returns what the answer did not settle. */
async function climb(
  asked: OpenSentence[],
  rung: Rung,
  run: Run,
  budget: { splits: number },
  mayRepeat = true,
): Promise<OpenSentence[]> {
  const answer = await ask(asked, rung, run);
  if ('replies' in answer) {
    const { settings } = run.request;
    const { accepted, open } = await judgeReplies(asked, answer.replies, rung.method, settings);
    await run.options.onSettled(accepted, { calls: 1, tokens: answer.tokens });
    return open;
  }
  if (answer.failure === 'MODEL_BUDGET_SPENT') {
    await giveUp(asked, ['fell_back_to_offline'], run);
    return [];
  }
  await run.options.onSettled([], { calls: 1, tokens: answer.tokens });
  if (answer.failure === 'MODEL_MALFORMED' && mayRepeat) return climb(asked, rung, run, budget, false);
  if (asked.length === 1 || budget.splits === 0) {
    const blocked = answer.failure === 'MODEL_BLOCKED';
    await giveUp(asked, blocked ? ['fell_back_to_offline', 'blocked_by_model'] : ['fell_back_to_offline'], run);
    return [];
  }
  budget.splits -= 1;
  const middle = Math.ceil(asked.length / 2);
  const first = await climb(asked.slice(0, middle), rung, run, budget, false);
  const second = await climb(asked.slice(middle), rung, run, budget, false);
  return [...first, ...second];
}

async function ask(asked: OpenSentence[], { model }: Rung, run: Run): Promise<Answer> {
  const { signal, beforeCall } = run.options;
  const prompt = writePrompt(run.request, asked);
  const call = run.paceCall(async () => {
    await beforeCall();
    if (signal.aborted) throw new AppError('CANCELLED', undefined, { cause: signal.reason });
    return run.askModel(model, prompt, signal);
  }, signal);
  return call.catch((error: unknown): Answer => {
    if (isAppError(error, 'MODEL_BUDGET_SPENT')) return { tokens: 0, failure: FAILURES.budgetSpent.code };
    throw error;
  });
}

/** What can be lived with is taken, the rest is rewritten offline. */
async function giveUp(open: OpenSentence[], flags: SentenceFlag[], run: Run): Promise<void> {
  const tolerable = open.flatMap((one) => one.tolerable ?? []);
  if (tolerable.length > 0) await run.options.onSettled(tolerable, { calls: 0, tokens: 0 });
  const sentences: LongSentence[] = open.filter((one) => !one.tolerable).map((one) => one.sentence);
  if (sentences.length === 0) return;
  const withFlags = (rewrite: Rewrite): Rewrite => ({ ...rewrite, flags: [...rewrite.flags, ...flags] });
  await run.fallback.rewrite(
    { ...run.request, sentences },
    {
      ...run.options,
      beforeCall: async () => undefined,
      onSettled: (rewrites, usage) => run.options.onSettled(rewrites.map(withFlags), usage),
    },
  );
}
