import { db } from '@/db/client';
import { quotes } from '@/db/schema';
import { addUser } from '@/db/testing/factories';
import { newQuote } from '@/db/testing/new-quote';
import { prepareEnvironment } from '@/db/testing/prepare-environment';
import { adjustCredits } from '@/lib/credits/ledger';
import { getCredits } from '@/lib/credits/queries';
import type { Measurement } from './measurement';
import { openBenchDatabase } from './support/open-bench-database';

const INTERLEAVINGS = 10_000;
const LANES = 8;
const MONTHLY_CREDITS = 20_000;

const CONFIRMATIONS = 1_000;
const QUOTED_CREDITS = 7;

/** Random interleavings of everything that touches credits, with crashes: what is wrong in the books afterwards. */
export async function run(): Promise<Measurement[]> {
  const { remove } = prepareEnvironment({
    GEMINI_API_KEY: 'bench',
    MONTHLY_CREDITS: String(MONTHLY_CREDITS),
    MAX_CREDITS_PER_DAY: '1000000000',
  });
  const close = await openBenchDatabase();
  try {
    // Only now: they read the configuration when they load.
    const { creditStorm } = await import('@/lib/jobs/testing/credit-storm');
    const { confirmJob } = await import('@/lib/jobs/confirm-job');
    const rich = await addUser();
    const gift = { amount: 500_000, note: 'bench' };
    await db().transaction((tx) => adjustCredits(tx, rich, gift, 'bench'));
    const userIds = [rich, await addUser(), await addUser(), await addUser(), await addUser()] as const;
    const startedAt = performance.now();
    const findings = await creditStorm({ seed: 1, interleavings: INTERLEAVINGS, userIds, lanes: LANES });
    const seconds = (performance.now() - startedAt) / 1000;
    // Afterwards: these jobs wait for their files, with their reservations open.
    const confirming = await confirmQuotes(confirmJob);
    const none = { atMost: 0 };
    return [
      ...confirming,
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

/** As many readers as lanes, each confirming quote after quote; their balances must come out to the credit. */
async function confirmQuotes(
  confirmJob: (userId: string, quoteId: string) => Promise<unknown>,
): Promise<Measurement[]> {
  const userIds = await Promise.all(Array.from({ length: LANES }, () => addUser()));
  const each = CONFIRMATIONS / LANES;
  const rows = userIds.flatMap((userId) => Array.from({ length: each }, () => newQuote(userId, QUOTED_CREDITS)));
  await db().insert(quotes).values(rows);
  const startedAt = performance.now();
  await Promise.all(
    userIds.map(async (userId) => {
      for (const { id } of rows.filter((row) => row.userId === userId)) await confirmJob(userId, id);
    }),
  );
  const minutes = (performance.now() - startedAt) / 60_000;
  const balances = await Promise.all(userIds.map(async (userId) => (await getCredits(userId)).balance));
  const wrong = balances.filter((balance) => balance !== MONTHLY_CREDITS - each * QUOTED_CREDITS);
  return [
    { what: 'quotes confirmed a minute', value: CONFIRMATIONS / minutes, unit: '', goal: { atLeast: 1_000 } },
    { what: 'balances that are not exact after it', value: wrong.length, unit: '', goal: { atMost: 0 } },
  ];
}
