/** Run by Next once, before the server answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Each look at a variable asks the system, and Inngest's SDK looks at all of them a dozen times a step.
  process.env = { ...process.env };
  const { onRequestStart } = await import('@/lib/http/on-request-start');
  onRequestStart();
}
