import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/app/admin/admin-frame';
import { RunView } from '@/components/admin/run-view';

interface RunPageProps {
  params: Promise<{ runId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('runs'))('one') };
}

export default async function RunPage({ params }: RunPageProps) {
  const { runId } = await params;
  return (
    <AdminFrame path={`/admin/runs/${runId}`}>
      <RunView runId={decodeURIComponent(runId)} />
    </AdminFrame>
  );
}
