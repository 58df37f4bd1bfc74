import { requireUser } from '@/app/require-user';
import { JobView } from '@/components/jobs/job-view';

interface JobPageProps {
  params: Promise<{ jobId: string }>;
}

export default async function JobPage({ params }: JobPageProps) {
  const { jobId } = await params;
  await requireUser(`/jobs/${jobId}`);
  return <JobView jobId={jobId} />;
}
