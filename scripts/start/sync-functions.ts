import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 5;

/** Asks the app to tell its engine which functions it has. */
export async function syncFunctions(appUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(new URL('/api/inngest', appUrl), { method: 'PUT' }).catch(() => undefined);
    if (response?.ok) return;
    if (attempt === ATTEMPTS) {
      throw new Error(`The app could not register with the engine: ${response?.status} ${await response?.text()}`);
    }
    await sleep(200 * attempt);
  }
}
