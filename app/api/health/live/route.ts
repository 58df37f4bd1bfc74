import { otherMethods } from '@/lib/http/other-methods';

export const dynamic = 'force-dynamic';

/** Asks nobody, and no limit either: it says that this process lives. */
export const GET = () => Response.json({ status: 'ok' });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
