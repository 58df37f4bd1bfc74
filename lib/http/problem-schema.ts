import { z } from 'zod';

/** RFC 9457. `code` is stable and made for programs, `detail` a sentence for people. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    retryable: z.boolean(),
    request_id: z.string(),
    shortfall_credits: z.int().positive().optional().describe('with INSUFFICIENT_CREDITS'),
    use_instead: z.string().optional().describe('with TOO_LARGE_FOR_SYNC and JOB_TIMED_OUT: the path to go on with'),
    violated_policies: z.array(z.string()).optional().describe('with RATE_LIMITED: by their names in RateLimit-Policy'),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).describe('empty where no field is wrong'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
