import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 5;

/** Makes the app tell its engine which functions it has; returns what went wrong, if anything. */
export async function syncFunctions(appUrl: string): Promise<string | undefined> {
  let problem: string | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const response = await fetch(new URL('/api/inngest', appUrl), { method: 'PUT' }).catch(() => undefined);
    const answer = await response?.text();
    if (response?.ok) return undefined;
    problem = `The app could not register with the engine: ${answer ?? 'no answer'}`;
    await sleep(200 * attempt);
  }
  return problem;
}
