import { QUERIES, type Subject } from './access-rules';
import type { ServedRoute } from './served-routes';

const HERE = 'http://localhost:3000';

/** Asks a route in this process, with what it is about in its path and its body. */
export async function sendTo(route: ServedRoute, headers: Record<string, string>, subject: Subject): Promise<Response> {
  const { params = {}, body } = subject;
  const path = route.path.replace(/\[+(?:\.{3})?(\w+)\]+/g, (_, name: string) => [params[name]].flat().join('/'));
  const wire = body === undefined ? undefined : new Response(body instanceof FormData ? body : JSON.stringify(body));
  const type = body instanceof FormData ? wire?.headers.get('content-type') : 'application/json';
  const init = { method: route.method, headers: { ...headers, ...(type && { 'content-type': type }) } };
  const request = new Request(`${HERE}${path}${QUERIES[route.name] ?? ''}`, { ...init, body: await wire?.bytes() });
  return route.handler(request, { params: Promise.resolve(params) });
}
