import { z } from 'zod';

/** Upper ends in seconds. */
export const DURATION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

interface RequestCount {
  method: string;
  /** With the names of its parameters, never their values. */
  route: string;
  status: number;
  count: number;
  seconds: number;
  /** How many took no longer than the bucket of the same place. */
  buckets: number[];
}

interface Counters {
  requests: Map<string, RequestCount>;
  modelCalls: Map<string, number>;
}

declare global {
  // On globalThis: Next loads a module once per route bundle, and one of them shall tell of all.
  var frenchNovelCounters: Counters | undefined;
}

/** What this process has done since it started. */
export function counters(): Counters {
  globalThis.frenchNovelCounters ??= { requests: new Map(), modelCalls: new Map() };
  return globalThis.frenchNovelCounters;
}

export function countRequest(method: string, route: string, status: number, seconds: number): void {
  const { requests } = counters();
  const key = `${method} ${route} ${status}`;
  const seen = requests.get(key) ?? {
    method,
    route,
    status,
    count: 0,
    seconds: 0,
    buckets: DURATION_BUCKETS.map(() => 0),
  };
  seen.count += 1;
  seen.seconds += seconds;
  seen.buckets = seen.buckets.map((n, index) => n + (seconds <= (DURATION_BUCKETS[index] ?? 0) ? 1 : 0));
  requests.set(key, seen);
}

/** `outcome` is `answered` or the code of what went wrong. */
export function countModelCall(outcome: string): void {
  const { modelCalls } = counters();
  modelCalls.set(outcome, (modelCalls.get(outcome) ?? 0) + 1);
}

const Params = z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({});

/** `/api/v1/jobs/:jobId` of a path, so that there are no more routes than there are files of routes. */
export function routeOf(pathname: string, params: unknown): string {
  const named = Params.parse(params);
  const all = pathname.split('/');
  // What a catch-all takes is whatever anybody asks for: one name stands for all of it.
  const rest = Object.values(named).find(Array.isArray)?.length ?? 0;
  const parts = rest === 0 ? all : [...all.slice(0, -rest), '*'];
  const names = new Map(Object.entries(named).map(([name, value]) => [encodeURIComponent(String(value)), `:${name}`]));
  return parts.map((part) => names.get(part) ?? part).join('/');
}
