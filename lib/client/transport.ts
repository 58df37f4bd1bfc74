import type { z } from 'zod';
import { errorOf, unreachable } from './api-error';
import { type UploadProgress, uploadWithProgress } from './upload-with-progress';

export interface ApiOptions {
  /** Empty in the browser: same origin, with its cookies. */
  baseUrl?: string;
  /** Asked before every request, so that it may change. */
  accessToken?: () => string | undefined;
}

export interface Signalled {
  signal?: AbortSignal;
}

export interface UploadOptions extends Signalled {
  onUploadProgress?: (progress: UploadProgress) => void;
}

export type Transport = ReturnType<typeof createTransport>;

/** How requests to the API are sent and their answers read. Throws ApiError. */
export function createTransport({ baseUrl = '', accessToken }: ApiOptions) {
  const headers = (): Record<string, string> => {
    const token = accessToken?.();
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  };
  const url = (path: string) => `${baseUrl}/api/v1${path}`;

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await answer(fetch(url(path), { ...init, headers: { ...headers(), ...init.headers } }));
    if (response.ok || response.status === 304) return response;
    throw errorOf(response.status, await response.text(), response.headers.get('retry-after'));
  }
  async function ask<Body>(schema: z.ZodType<Body>, path: string, init?: RequestInit): Promise<Body> {
    const response = await send(path, init);
    return schema.parse(await answer(response.json()));
  }
  async function upload<Body>(
    schema: z.ZodType<Body>,
    path: string,
    file: File,
    fields: Record<string, string | number | boolean>,
    { signal, onUploadProgress }: UploadOptions,
  ): Promise<Body> {
    const form = new FormData();
    // Settings first: the server reads the form as a stream.
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    form.append('pdf_file', file, file.name);
    if (onUploadProgress === undefined) return ask(schema, path, { method: 'POST', body: form, ...withSignal(signal) });
    return schema.parse(await uploadWithProgress(url(path), form, { headers: headers(), onUploadProgress, signal }));
  }
  return { url, send, ask, upload, hasToken: accessToken !== undefined };
}

export const withBody = (method: 'POST' | 'PUT' | 'PATCH', body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** A request given up by its own caller stays what it is; any other failure to get an answer is UNREACHABLE. */
export async function answer<Value>(pending: Promise<Value>): Promise<Value> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw unreachable(error);
  }
}

export function queryString(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
