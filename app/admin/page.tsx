import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Accounts } from '@/components/admin/accounts';
import { AdminFrame } from './admin-frame';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const t = await getTranslations('admin');
  return (
    <AdminFrame path="/admin">
      <h1 className="book text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 mb-8 text-ink-soft">{t('meaning')}</p>
      <Accounts />
    </AdminFrame>
  );
}
