/** Run by Next once, before the server answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { notePeerAddresses } = await import('@/lib/http/note-peer-addresses');
  notePeerAddresses();
}
