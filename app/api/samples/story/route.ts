import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { otherMethods } from '@/lib/http/other-methods';
import { openRoute } from '@/lib/http/route';
import { SAMPLE_FILE, SAMPLE_PDF } from '@/lib/sample';

/** The short story that one click on the home page runs. */
export const GET = openRoute(async () => {
  const bytes = await readFile(path.join(process.cwd(), SAMPLE_PDF));
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${SAMPLE_FILE}"` },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
