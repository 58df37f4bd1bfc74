import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';

export const GET = route(async ({ identity }) => Response.json(identity.user));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
