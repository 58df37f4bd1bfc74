const TAG = /"[\x21\x23-\x7e\x80-\xff]*"/g;

/** Whether the client has what `etag` names already: one of a list of tags, weak or not, or « * » (RFC 9110, 13.1.2). */
export function isUnchanged(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match')?.trim();
  if (known === undefined) return false;
  return known === '*' || [...known.matchAll(TAG)].some(([tag]) => tag === etag);
}
