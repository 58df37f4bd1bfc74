import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, unreachable } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import type { UploadProgress } from '@/lib/client/upload-with-progress';
import type { Quote } from '@/lib/jobs/quote-schema';
import type { JobSettings } from '@/lib/jobs/schema';

/** A novel that the server has looked through and keeps until it is started or forgotten. */
export interface SentNovel {
  file: File;
  settings: JobSettings;
  quote: Quote;
}

type SendState =
  | { phase: 'idle' }
  | { phase: 'sending'; progress: UploadProgress }
  | { phase: 'failed'; error: ApiError }
  | { phase: 'sent'; novel: SentNovel };

const giveBack = (quoteId: string) =>
  // Whatever does not get through, the server forgets by itself when the quote expires.
  void api.forgetEstimate(quoteId, { keepalive: true }).catch(() => undefined);

/** Sends a novel to be estimated; a sample may itself have to be fetched first: then it comes as a promise. */
export function useSendNovel() {
  const [state, setState] = useState<SendState>({ phase: 'idle' });
  const sending = useRef<AbortController>(undefined);
  const keptId = useRef<string>(undefined);

  const drop = useCallback(() => {
    sending.current?.abort();
    if (keptId.current !== undefined) giveBack(keptId.current);
    keptId.current = undefined;
  }, []);
  useEffect(() => {
    window.addEventListener('pagehide', drop);
    return () => {
      window.removeEventListener('pagehide', drop);
      drop();
    };
  }, [drop]);

  const send = useCallback(
    async (file: File | Promise<File>, settings: JobSettings) => {
      drop();
      const controller = new AbortController();
      const { signal } = controller;
      sending.current = controller;
      const onUploadProgress = (progress: UploadProgress) =>
        !signal.aborted && setState({ phase: 'sending', progress });
      onUploadProgress({ sentBytes: 0, totalBytes: 0 });
      try {
        const novel = await file;
        const quote = await api.estimate(novel, settings, { signal, onUploadProgress });
        if (signal.aborted) return giveBack(quote.quote_id);
        keptId.current = quote.quote_id;
        setState({ phase: 'sent', novel: { file: novel, settings, quote } });
      } catch (error) {
        if (signal.aborted) return;
        setState({ phase: 'failed', error: error instanceof ApiError ? error : unreachable(error) });
      }
    },
    [drop],
  );
  const forget = useCallback(() => {
    drop();
    setState({ phase: 'idle' });
  }, [drop]);
  /** A job has taken it. */
  const handOver = useCallback(() => {
    keptId.current = undefined;
    setState({ phase: 'idle' });
  }, []);
  return { state, send, forget, handOver };
}
