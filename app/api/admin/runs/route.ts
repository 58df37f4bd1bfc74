import { otherMethods } from '@/lib/http/other-methods';
import { readQuery, route } from '@/lib/http/route';
import { listRuns } from '@/lib/runs/list-runs';
import { RunQuery } from '@/lib/runs/schema';

export const GET = route(async ({ request }) => Response.json(await listRuns(readQuery(request, RunQuery))), 'admin');

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
