interface LibraryRule {
  path: string;
  /** As a form's fields, or JSON. */
  body?: URLSearchParams | string;
  /** What whoever asks is answered: these doors know nobody of ours by what they show. */
  with: number;
}

/**
 * What anybody is answered where a library has the handler, and Next must be there to run it: played by
 * e2e/doors-of-libraries.spec.ts.
 */
export const LIBRARY_RULES: Record<string, LibraryRule> = {
  'GET /api/auth/[...nextauth]': { path: '/api/auth/session', with: 200 },
  // Without the token against forged requests it leads back to where one signs in.
  'POST /api/auth/[...nextauth]': {
    path: '/api/auth/callback/password',
    body: new URLSearchParams({ email: 'lea@example.org', password: 'une salle de lecture au calme' }),
    with: 302,
  },
  // Only the engine signs as it should.
  'GET /api/inngest': { path: '/api/inngest', with: 401 },
  'POST /api/inngest': {
    path: '/api/inngest?fnId=french-novel-tool-process-novel&stepId=step',
    body: JSON.stringify({ event: { name: 'novel/job.started', data: {} }, events: [], steps: {}, ctx: {} }),
    with: 401,
  },
  // Registers the app with its engine, as it is, under its own address.
  'PUT /api/inngest': { path: '/api/inngest', with: 200 },
};
