import { z } from 'zod';
import { parseDuration } from './duration';
import { parseExpression } from './expression';
import { Label } from './label';

/** What a function may ask for that this engine does not do, by its name in the configuration. */
const UNSUPPORTED: Record<string, string> = {
  batchEvents: 'batching of events (batchEvents)',
  debounce: 'debounce',
  singleton: 'singleton runs',
  rateLimit: 'rateLimit',
  idempotency: 'an idempotency expression (a rate limit in disguise; the id of the event is honoured)',
};

function isExpression(source: string): boolean {
  try {
    parseExpression(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
const Expression = z
  .string()
  .refine(isExpression, { error: ({ input }) => `cannot evaluate the expression “${input}”` });
const DurationMs = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue(`“${text}” is not a duration`);
  return z.NEVER;
});

const Limit = z.strictObject({
  limit: z.int().min(0),
  key: Expression.nullish(),
  scope: z.enum(['fn', 'env', 'account']).nullish(),
});
const Concurrency = z
  .union([z.int().transform((limit) => [{ limit }]), Limit.transform((one) => [one]), z.array(Limit).max(2)])
  .transform((limits): z.infer<typeof Limit>[] => limits.filter(({ limit }) => limit > 0));

const Step = z.object({
  runtime: z.object({ type: z.literal('http', { error: 'this engine calls functions by http only' }), url: z.url() }),
  retries: z.object({ attempts: z.int().min(0).max(20) }).nullish(),
});

export const FunctionConfig = z.strictObject({
  id: Label.min(1).max(300),
  name: z.string().nullish(),
  triggers: z
    .array(z.strictObject({ event: z.string().optional(), expression: Expression.nullish(), cron: Label.optional() }))
    .max(10),
  steps: z.strictObject({ step: Step }),
  concurrency: Concurrency.nullish().transform((limits) => limits ?? []),
  throttle: z
    .strictObject({
      limit: z.int().min(1),
      period: DurationMs,
      burst: z.int().min(0).nullish(),
      key: Expression.nullish(),
    })
    .nullish(),
  priority: z.strictObject({ run: Expression.nullish() }).nullish(),
  timeouts: z.strictObject({ start: DurationMs.nullish(), finish: DurationMs.nullish() }).nullish(),
  cancel: z
    .array(z.strictObject({ event: Label, if: Expression.nullish(), timeout: DurationMs.nullish() }))
    .max(5)
    .nullish(),
});
export type FunctionConfig = z.infer<typeof FunctionConfig>;

const DEFAULT_RETRIES = 4;
export const maxAttempts = ({ steps }: FunctionConfig): number => (steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1;

export class RefusedConfig extends Error {}

function refuseUnsupported(slug: string, config: object): void {
  const refuse = (feature: string) => {
    throw new RefusedConfig(`The function ${slug} asks for ${feature}, which the embedded engine does not support.`);
  };
  for (const [key, value] of Object.entries(config)) {
    if (value !== null && value !== undefined && UNSUPPORTED[key]) refuse(UNSUPPORTED[key]);
  }
  const triggers: unknown = 'triggers' in config ? config.triggers : [];
  if (Array.isArray(triggers) && triggers.some((trigger) => trigger?.jitter)) refuse('jitter on a cron trigger');
}

/** Reads a function's configuration as the SDK sends it; refuses, in a sentence, what this engine does not do. */
export function parseFunctionConfig(config: unknown): FunctionConfig {
  const { id } = z.object({ id: z.string() }).catch({ id: 'without an id' }).parse(config);
  if (typeof config === 'object' && config !== null) refuseUnsupported(id, config);
  const parsed = FunctionConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RefusedConfig(`The function ${id} cannot be registered: ${issue?.path.join('.')}: ${issue?.message}.`);
}
