import { closeDatabase, db, openDatabase } from '@/db/client';
import { startEmbeddedPostgres } from '@/db/embedded';
import { migrateDatabase } from '@/db/migrate';
import { addUser } from '@/db/testing/factories';
import { prepareEnvironment } from '@/db/testing/prepare-environment';
import { creditStorm } from '@/e2e/support/credit-storm';
import { adjustCredits } from '@/lib/credits/ledger';
import type { Measurement } from './measurement';

const INTERLEAVINGS = 10_000;
const LANES = 8;

/** Random interleavings of everything that touches credits, with crashes: what is wrong in the books afterwards. */
export async function run(): Promise<Measurement[]> {
  const { dataDir, remove } = prepareEnvironment({
    GEMINI_API_KEY: 'bench',
    MONTHLY_CREDITS: '20000',
    MAX_CREDITS_PER_DAY: '1000000000',
    LOG_LEVEL: 'silent',
  });
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    await migrateDatabase(postgres.url);
    openDatabase(postgres.url);
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
    await closeDatabase();
    await postgres.stop();
    remove();
  }
}
