/** Run by Next once, before the server answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { onRequestStart } = await import('@/lib/http/on-request-start');
  onRequestStart();
}
