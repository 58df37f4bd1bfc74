import { route } from '@/lib/http/route';

export const GET = route(async ({ identity }) => Response.json(identity.user));
