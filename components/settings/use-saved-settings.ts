import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '@/lib/client/browser-api';
import { useSettled } from '@/lib/client/use-settled';
import type { JobSettings } from '@/lib/jobs/schema';

const STATES = { idle: 'unchanged', pending: 'saving', success: 'saved', error: 'failed' } as const;

/** Keeps the server's copy the same as the page's, one request after the other, so that the last choice wins. */
export function useSavedSettings(settings: JobSettings) {
  const settled = useSettled(settings);
  const latest = useRef(settings);
  const sent = useRef(settings);
  const { mutate, status, error } = useMutation({
    mutationFn: (chosen: JobSettings) => api.putSettings(chosen),
    scope: { id: 'settings' },
  });
  useEffect(() => {
    latest.current = settings;
  }, [settings]);
  useEffect(() => {
    const send = () => {
      if (latest.current === sent.current) return;
      sent.current = latest.current;
      mutate(latest.current);
    };
    if (settled === latest.current) send();
    // Whoever leaves at once has chosen all the same.
    return send;
  }, [settled, mutate]);
  return {
    state: settled === settings ? STATES[status] : 'saving',
    error,
    saveAgain: () => mutate(settings),
  } as const;
}
