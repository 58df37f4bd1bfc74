/** Names of what is kept of the server's answers. A job's own things lie under its key. */
export const queryKeys = {
  jobs: ['jobs'],
  runningJobs: ['jobs', 'running'],
  shelf: (filter: { q: string; status: string }) => ['jobs', 'shelf', filter],
  job: (jobId: string) => ['job', jobId],
  chunks: (jobId: string) => ['job', jobId, 'chunks'],
  report: (jobId: string, status: string) => ['job', jobId, 'report', status],
  headings: (jobId: string, status: string) => ['job', jobId, 'headings', status],
  page: (jobId: string, page: number) => ['job', jobId, 'page', page],
  search: (jobId: string, q: string) => ['job', jobId, 'search', q],
} as const;
