import { unreachable } from './api-error';

export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

/** `request` with `form` as its body, by XMLHttpRequest, because fetch cannot tell how much of a body has been sent. */
export function uploadWithProgress(
  { url, headers, signal }: Request,
  form: FormData,
  onUploadProgress: (progress: UploadProgress) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const abort = () => sending.abort();
    sending.open('POST', url);
    for (const [name, value] of headers) if (name !== 'content-type') sending.setRequestHeader(name, value);
    sending.upload.onprogress = (event) => onUploadProgress({ sentBytes: event.loaded, totalBytes: event.total });
    sending.onload = () => {
      const retryAfter = sending.getResponseHeader('retry-after');
      const headers = new Headers(retryAfter === null ? [] : [['retry-after', retryAfter]]);
      resolve(new Response(sending.responseText, { status: sending.status, headers }));
    };
    sending.onerror = () => reject(unreachable());
    sending.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
    sending.onloadend = () => signal.removeEventListener('abort', abort);
    if (signal.aborted) return sending.onabort(new ProgressEvent('abort'));
    signal.addEventListener('abort', abort);
    sending.send(form);
  });
}
