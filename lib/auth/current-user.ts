import { headers } from 'next/headers';
import { identify } from './identify';
import type { Me } from './schema';

/** Who looks at this page, for server components. */
export async function currentUser(): Promise<Me | undefined> {
  const request = new Request('http://localhost/', { headers: await headers() });
  return (await identify(request))?.user;
}
