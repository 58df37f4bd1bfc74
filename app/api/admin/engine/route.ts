import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { readEngine } from '@/lib/runs/read-engine';

export const GET = route(async () => Response.json(await readEngine()), 'admin');

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
