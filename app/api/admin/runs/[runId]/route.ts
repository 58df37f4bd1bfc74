import { otherMethods } from '@/lib/http/other-methods';
import { route } from '@/lib/http/route';
import { getRun } from '@/lib/runs/get-run';

export const GET = route<{ runId: string }>(async ({ params }) => Response.json(await getRun(params.runId)), 'admin');

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
