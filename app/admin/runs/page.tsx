import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/app/admin/admin-frame';
import { Runs } from '@/components/admin/runs';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('runs'))('title') };
}

export default async function RunsPage() {
  const t = await getTranslations('runs');
  return (
    <AdminFrame path="/admin/runs">
      <h1 className="book text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 mb-8 text-ink-soft">{t('meaning')}</p>
      <Runs />
    </AdminFrame>
  );
}
