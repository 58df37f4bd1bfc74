import { AppError } from '@/lib/errors';
import { consume, giveBack } from '@/lib/rate-limit/consume';
import type { Count } from '@/lib/rate-limit/limiter';
import type { Policy, PolicyName } from '@/lib/rate-limit/policies';

/** What one request uses of its limits, and the headers that say so (draft-ietf-httpapi-ratelimit-headers-10). */
export class Limits {
  private readonly counts: (Count & { policy: Policy })[] = [];

  /** Throws RATE_LIMITED, which says when to come back. */
  async count(name: PolicyName, who: string): Promise<void> {
    const count = await consume(name, who);
    this.counts.push(count);
    if (count.isAllowed) return;
    throw new AppError('RATE_LIMITED', DETAILS[name] ?? 'Too many requests; come back a little later.', {
      retryAfterMs: count.resetMs,
      facts: { violated_policies: [name] },
    });
  }

  /** Counts one use when `work` calls `admit`, and takes it back if the work fails after all. */
  async counting<T>(name: PolicyName, who: string, work: (admit: () => Promise<void>) => Promise<T>): Promise<T> {
    let isAdmitted = false;
    const admit = async () => {
      await this.count(name, who);
      isAdmitted = true;
    };
    try {
      return await work(admit);
    } catch (error) {
      if (isAdmitted) await giveBack(name, who);
      throw error;
    }
  }

  describeIn(headers: Headers): void {
    if (this.counts.length === 0) return;
    const list = (describe: (count: Count & { policy: Policy }) => string) => this.counts.map(describe).join(', ');
    headers.set(
      'ratelimit-policy',
      list(({ policy: { name, points, seconds } }) => `"${name}";q=${points};w=${seconds}`),
    );
    headers.set(
      'ratelimit',
      list(({ policy: { name }, remaining, resetMs }) => `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`),
    );
  }
}

const DETAILS: Partial<Record<PolicyName, string>> = {
  novels: 'You have started as many novels as are allowed in an hour.',
  estimates: 'You have asked for as many quotes as are allowed in an hour.',
  exports: 'You have fetched as many files as are allowed in an hour.',
  'webhook-trials': 'You have sent as many trials as are allowed in an hour.',
  registrations: 'Many accounts were made from this address; come back later.',
};
