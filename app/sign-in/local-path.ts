const SOMEWHERE = 'http://local.invalid';

/** The path to go on to after sign-in; home when it would lead off this site. */
export function localPath(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, SOMEWHERE)) return '/';
  const { origin, pathname, search } = new URL(next, SOMEWHERE);
  return origin === SOMEWHERE && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}
