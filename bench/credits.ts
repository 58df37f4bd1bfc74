import { db } from '@/db/client';
import { addUser } from '@/db/testing/factories';
import { prepareEnvironment } from '@/db/testing/prepare-environment';
import { adjustCredits } from '@/lib/credits/ledger';
import { creditStorm } from '@/lib/jobs/testing/credit-storm';
import type { Measurement } from './measurement';
import { openBenchDatabase } from './support/open-bench-database';

const INTERLEAVINGS = 10_000;
const LANES = 8;

/** Random interleavings of everything that touches credits, with crashes: what is wrong in the books afterwards. */
export async function run(): Promise<Measurement[]> {
  const { remove } = prepareEnvironment({
    GEMINI_API_KEY: 'bench',
    MONTHLY_CREDITS: '20000',
    MAX_CREDITS_PER_DAY: '1000000000',
  });
  const close = await openBenchDatabase();
  try {
    const rich = await addUser();
    const gift = { amount: 500_000, note: 'bench' };
    await db().transaction((tx) => adjustCredits(tx, rich, gift, 'bench'));
    const userIds = [rich, await addUser(), await addUser(), await addUser(), await addUser()] as const;
    const startedAt = performance.now();
    const findings = await creditStorm({ seed: 1, interleavings: INTERLEAVINGS, userIds, lanes: LANES });
    const seconds = (performance.now() - startedAt) / 1000;
    const none = { atMost: 0 };
    return [
      { what: `${INTERLEAVINGS} interleavings`, value: seconds, unit: 's' },
      { what: 'months whose sum is not what it should be', value: findings.unbalanced.length, unit: '', goal: none },
      { what: 'entries after which a balance was below zero', value: findings.overdrawn.length, unit: '', goal: none },
      { what: 'reservations left open', value: findings.open.length, unit: '', goal: none },
      { what: 'jobs charged otherwise than the ledger says', value: findings.mischarged.length, unit: '', goal: none },
    ];
  } finally {
    await close();
    remove();
  }
}
