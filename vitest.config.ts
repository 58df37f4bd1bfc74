import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const needsDatabase = ['**/*.db.test.ts', 'inngest/**/*.test.ts'];
const never = ['node_modules/**', '.next/**', '.data/**'];

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['./scripts/vitest/fail-on-console.ts'],
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          testTimeout: 20_000,
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
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
