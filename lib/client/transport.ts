import createClient from 'openapi-fetch';
import { errorOf, isApiError, unreachable } from './api-error';
import type { paths } from './generated/api';
import { type UploadProgress, uploadWithProgress } from './upload-with-progress';

export interface ApiOptions {
  /** Empty in the browser: same origin, with its cookies. */
  baseUrl?: string;
  /** Asked before every request, so that it may change. */
  accessToken?: () => string | undefined;
}

export type Signalled = { signal?: AbortSignal };

export interface UploadOptions extends Signalled {
  onUploadProgress?: (progress: UploadProgress) => void;
}

export type Transport = ReturnType<typeof createTransport>;

/** How requests to the API are sent and their answers read. Throws ApiError. */
export function createTransport({ baseUrl = '', accessToken }: ApiOptions) {
  const root = `${baseUrl}/api/v1`;

  /** Hands on what was asked for; everything else is thrown. */
  async function send(request: Request, fetchIt: (request: Request) => Promise<Response>): Promise<Response> {
    const token = accessToken?.();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    const response = await answered(fetchIt(request));
    if (response.ok || response.status === 304) return response;
    throw errorOf(response.status, await response.text(), response.headers.get('retry-after'));
  }
  const client = createClient<paths>({
    baseUrl: root,
    querySerializer: queryString,
    fetch: (request) => send(request, fetch),
  });

  return {
    client,
    /** Beside the public API, which alone is typed. */
    ask: (path: string, init: RequestInit) => send(new Request(`${baseUrl}${path}`, init), fetch),
    url: (path: string) => `${root}${path}`,
    hasToken: accessToken !== undefined,
    /** A novel as a form, told how much of it has been sent. */
    uploading<Fields extends object>(file: File, fields: Fields, { signal, onUploadProgress }: UploadOptions) {
      const form = toForm(file, fields);
      return {
        body: { ...fields, pdf_file: file },
        bodySerializer: () => form,
        signal,
        ...(onUploadProgress && {
          fetch: (request: Request) => send(request, (asked) => uploadWithProgress(asked, form, onUploadProgress)),
        }),
      };
    },
  };
}

function toForm(file: File, fields: object): FormData {
  const form = new FormData();
  // Settings first: the server reads the form as a stream.
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  form.append('pdf_file', file, file.name);
  return form;
}

export const answered = <Answer>(pending: Promise<Answer>): Promise<Answer> =>
  pending.catch((error: unknown) => {
    throw asApiError(error);
  });

/** What an answer holds; one that holds nothing that can be read comes from somebody else. */
export async function dataOf<Data>(pending: Promise<{ data?: Data }>): Promise<NonNullable<Data>> {
  const { data } = await answered(pending);
  if (data === undefined || data === null) throw unreachable();
  return data;
}

/** A request given up by its own caller stays what it is; any other failure to get an answer is UNREACHABLE. */
const asApiError = (error: unknown) =>
  error instanceof DOMException || isApiError(error) ? error : unreachable(error);

function queryString(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
