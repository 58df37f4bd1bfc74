import { AppError } from '@/lib/errors';

/** The whole body as text; BODY_TOO_LARGE at the first byte too many, or before any when the request says how long it is. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new AppError('BODY_TOO_LARGE', `The body is longer than ${maxBytes / 1024} KB.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** Throws MALFORMED_REQUEST. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('MALFORMED_REQUEST', 'The body is not JSON.', { cause: error });
  }
}
