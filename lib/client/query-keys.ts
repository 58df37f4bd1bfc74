import type { Job, JobSettings } from '@/lib/jobs/schema';

/** What a retry makes old. */
type Run = Pick<Job, 'id' | 'status' | 'retry_count'>;
const run = ({ status, retry_count }: Run) => `${status} ${retry_count}`;

/** Names of what is kept of the server's answers. A job's own things lie under its key. */
export const queryKeys = {
  jobs: ['jobs'],
  runningJobs: ['jobs', 'running'],
  shelf: (filter: { q: string; status: string }) => ['jobs', 'shelf', filter],
  job: (jobId: string) => ['job', jobId],
  chunks: (jobId: string) => ['job', jobId, 'chunks'],
  report: (job: Run) => ['job', job.id, 'report', run(job)],
  headings: (job: Run) => ['job', job.id, 'headings', run(job)],
  firstPage: (job: Run) => ['job', job.id, 'first-page', run(job)],
  page: (job: Run, page: number) => ['job', job.id, 'page', page, run(job)],
  estimate: (quoteId: string, settings: JobSettings) => ['estimate', quoteId, settings],
  credits: ['credits'],
  apiKeys: ['api-keys'],
  webhooks: ['webhooks'],
  accounts: ['accounts'],
  engine: ['engine'],
  runs: (filter: { status: string; function: string }) => ['runs', filter],
  run: (runId: string) => ['runs', runId],
  search: (jobId: string, q: string) => ['job', jobId, 'search', q],
} as const;
