import { getCredits } from '@/lib/credits/queries';
import { route } from '@/lib/http/route';

export const GET = route(async ({ identity }) => Response.json(await getCredits(identity.user.id)));
