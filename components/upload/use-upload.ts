import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ApiError, unreachable } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { UploadProgress } from '@/lib/client/upload-with-progress';
import type { Job, JobSettings } from '@/lib/jobs/schema';

export type UploadState =
  | { phase: 'idle' }
  | { phase: 'sending'; progress: UploadProgress }
  | { phase: 'failed'; error: ApiError };

/** Sends a novel and says how far it is. The file may itself have to be fetched first: then it comes as a promise. */
export function useUpload(onStarted: (job: Job) => void) {
  const [state, setState] = useState<UploadState>({ phase: 'idle' });
  const running = useRef<AbortController>(undefined);
  const queryClient = useQueryClient();

  const start = useCallback(
    async (file: File | Promise<File>, settings: Partial<JobSettings>) => {
      const controller = new AbortController();
      running.current = controller;
      setState({ phase: 'sending', progress: { sentBytes: 0, totalBytes: 0 } });
      try {
        const job = await api.createJob(await file, settings, {
          signal: controller.signal,
          onUploadProgress: (progress) => setState({ phase: 'sending', progress }),
        });
        queryClient.setQueryData(queryKeys.job(job.id), job);
        await queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
        setState({ phase: 'idle' });
        onStarted(job);
      } catch (error) {
        if (controller.signal.aborted) return setState({ phase: 'idle' });
        setState({ phase: 'failed', error: error instanceof ApiError ? error : unreachable(error) });
      }
    },
    [onStarted, queryClient],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  const forget = useCallback(() => setState({ phase: 'idle' }), []);
  return { state, start, cancel, forget };
}
