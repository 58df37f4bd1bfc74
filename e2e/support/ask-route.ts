import { signAccessToken } from '@/lib/auth/access-token';

type Route = (request: Request, context: { params: Promise<Record<string, never>> }) => Promise<Response>;

/** Posts to a route of the app in this process, with a reader's access token. A string is JSON. */
export async function askRoute(route: Route, userId: string, body: string | FormData): Promise<Response> {
  const wire = new Response(body);
  const type = typeof body === 'string' ? 'application/json' : (wire.headers.get('content-type') ?? '');
  const headers = { authorization: `Bearer ${await signAccessToken(userId)}`, 'content-type': type };
  const request = new Request('http://localhost/api/v1', { method: 'POST', body: await wire.bytes(), headers });
  return route(request, { params: Promise.resolve({}) });
}

export function novelForm(pdf: Uint8Array, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('pdf_file', new File([new Uint8Array(pdf)], 'Le Phare.pdf', { type: 'application/pdf' }));
  return form;
}
