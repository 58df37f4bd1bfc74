import { sql } from '@/db/client';
import { CHUNK_STATUSES, JOB_STATUSES } from '@/lib/jobs/status';
import { counters, DURATION_BUCKETS } from './counters';
import type { MetricFamily, Sample } from './format-metrics';

const gauge = (name: string, help: string, samples: Sample[]): MetricFamily => ({
  name: `french_novel_${name}`,
  help,
  type: 'gauge',
  samples,
});

/** What all processes share, from the database, and what this one has done. */
export async function readMetrics(): Promise<MetricFamily[]> {
  const [jobs, chunks, [queue], [credits]] = await Promise.all([
    sql()<StatusCount[]>`select status, count(*)::int as n from jobs group by status`,
    sql()<StatusCount[]>`select status, count(*)::int as n from chunks group by status`,
    sql()<{ depth: number; oldest: number }[]>`
      select count(*)::int as depth, coalesce(extract(epoch from now() - min(queued_at)), 0)::float8 as oldest
      from jobs where status = 'pending' and file_due_at is null`,
    sql()<{ reserved: number }[]>`
      select coalesce(sum(reserved), 0)::float8 as reserved from ledger_entries as open
      where kind = 'reserve' and not exists (
        select from ledger_entries where closes = 'reserve' and job_id = open.job_id and run = open.run)`,
  ]);
  return [
    gauge('jobs', 'Jobs by status.', byStatus(JOB_STATUSES, jobs)),
    gauge('queue_depth', 'Jobs that wait for their start.', [{ value: queue?.depth ?? 0 }]),
    gauge('queue_oldest_seconds', 'For how long the first of them has waited.', [{ value: queue?.oldest ?? 0 }]),
    gauge('chunks', 'Chunks by status.', byStatus(CHUNK_STATUSES, chunks)),
    gauge('credits_reserved', 'Credits put aside for runs that have not ended.', [{ value: credits?.reserved ?? 0 }]),
    ...processMetrics(),
  ];
}

interface StatusCount {
  status: string;
  n: number;
}

/** All of them, also those that nothing has. */
const byStatus = (statuses: readonly string[], found: StatusCount[]): Sample[] =>
  statuses.map((status) => ({ labels: { status }, value: found.find((row) => row.status === status)?.n ?? 0 }));

function processMetrics(): MetricFamily[] {
  const { requests, modelCalls } = counters();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const outcomes = new Map([['answered', 0], ['MODEL_RATE_LIMITED', 0], ...modelCalls]);
  return [
    {
      name: 'french_novel_model_calls_total',
      help: 'Model calls of this process by outcome; MODEL_RATE_LIMITED are answers of 429.',
      type: 'counter',
      samples: [...outcomes].map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: 'french_novel_http_request_duration_seconds',
      help: 'Requests to this process until the answer begins.',
      type: 'histogram',
      samples: [...requests.values()].flatMap(({ method, route, status, count, seconds, buckets }) => {
        const labels = { method, route, status };
        const within = (le: number | string, value: number) => ({
          suffix: '_bucket',
          labels: { ...labels, le },
          value,
        });
        return [
          ...buckets.map((value, index) => within(DURATION_BUCKETS[index] ?? '+Inf', value)),
          within('+Inf', count),
          { suffix: '_sum', labels, value: seconds },
          { suffix: '_count', labels, value: count },
        ];
      }),
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Memory of this process.',
      type: 'gauge',
      samples: [{ value: rss }],
    },
    gauge('process_memory_bytes', 'Memory of this process by kind.', [
      { labels: { kind: 'heap_used' }, value: heapUsed },
      { labels: { kind: 'heap_total' }, value: heapTotal },
      { labels: { kind: 'external' }, value: external },
    ]),
  ];
}
