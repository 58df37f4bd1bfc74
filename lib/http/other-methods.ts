import { AppError } from '@/lib/errors';
import { openRoute } from './route';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

/** What a route answers to the methods it does not have: left to itself, Next sends an empty 405 without Allow. */
export function otherMethods(...served: Method[]) {
  const allow = [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const refuse = openRoute(async (request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
    throw new AppError('METHOD_NOT_ALLOWED', `${request.method} is not served here; these are: ${allow}.`, { allow });
  });
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse };
}
