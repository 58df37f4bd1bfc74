import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/find-chromium';

const { executablePath, args } = await findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Patience, not a measurement: on a slow machine a fresh app takes a minute for its first novel. Timings are in bench/.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    ...devices['Desktop Chrome'],
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args },
  },
});
