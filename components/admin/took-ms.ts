import type { Run } from '@/lib/runs/schema';

/** From its first request to its end; undefined while it runs. */
export function tookMs({ queued_at: queued, started_at: started, ended_at: ended }: Run): number | undefined {
  return ended === null ? undefined : Date.parse(ended) - Date.parse(started ?? queued);
}
