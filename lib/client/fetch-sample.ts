import { errorOf, unreachable } from './api-error';

const NAME = 'La dernière tournée.pdf';

/** The short story that comes with the tool, as if the reader had chosen it. */
export async function fetchSample(): Promise<File> {
  const response = await fetch('/api/samples/story').catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!response.ok) throw errorOf(response.status, await response.text(), null);
  return new File([await response.blob()], NAME, { type: 'application/pdf' });
}
