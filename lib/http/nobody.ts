import { z } from 'zod';
import { readText } from './read-text';

/** The account that is spoken of, by its address or by what was given to it. */
const About = z.union([
  z.object({ email: z.string() }).transform(({ email }) => email),
  z.object({ refresh_token: z.string() }).transform(({ refresh_token }) => refresh_token),
]);

/**
 * Whose an Idempotency-Key is while nobody is signed in: that of an address, on behalf of one account. Many people share an
 * address, and none may be told that another has used their key. Since an answer is repeated only to whoever sends the same
 * body again, tokens go to nobody who did not bring the password, or the token, that they were given for.
 */
export async function nobodyAt(address: string, request: Request, maxBytes: number) {
  const text = await readText(request, maxBytes);
  const about = About.safeParse(parse(text));
  const { method, headers, signal } = request;
  return {
    who: `anybody at ${address} about ${about.success ? about.data : 'nothing'}`,
    request: new Request(request.url, { method, headers, signal, ...(text !== '' && { body: text }) }),
  };
}

/** What is no JSON is for the route to refuse. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
