import { errorOf, unreachable } from './api-error';

export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

interface UploadOptions {
  headers: Record<string, string>;
  onUploadProgress: (progress: UploadProgress) => void;
  signal: AbortSignal | undefined;
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has been sent. */
export function uploadWithProgress(url: string, form: FormData, options: UploadOptions): Promise<unknown> {
  const { headers, onUploadProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onUploadProgress({ sentBytes: event.loaded, totalBytes: event.total });
    request.onload = () => {
      if (request.status < 200 || request.status > 299) {
        return reject(errorOf(request.status, request.responseText, request.getResponseHeader('retry-after')));
      }
      try {
        resolve(JSON.parse(request.responseText));
      } catch (error) {
        reject(unreachable(error));
      }
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) return request.onabort(new ProgressEvent('abort'));
    signal?.addEventListener('abort', abort);
    request.send(form);
  });
}
