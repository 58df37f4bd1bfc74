import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const needsDatabase = ['**/*.db.test.ts', 'inngest/**/*.test.ts'];
const never = ['node_modules/**', '.next/**', '.data/**'];

/** Timings are for the benches; a test only must not hang. */
const PATIENCE_MS = 60_000;
const POLL_PATIENCE_MS = 30_000;

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['./scripts/vitest/fail-on-console.ts'],
    maxWorkers: 2,
    // Node would parse its package.json, of 180 KB, for each of its modules in each test file: a second and a half.
    server: { deps: { inline: ['drizzle-orm'] } },
    // Not the second it has by default: on a busy machine a notification takes longer.
    expect: { poll: { timeout: POLL_PATIENCE_MS } },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          testTimeout: PATIENCE_MS,
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, ...needsDatabase],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: needsDatabase,
          exclude: never,
          globalSetup: './db/testing/start-test-postgres.ts',
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
        },
      },
    ],
  },
});
