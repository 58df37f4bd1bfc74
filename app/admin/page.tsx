import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { Accounts } from '@/components/admin/accounts';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const user = await requireUser('/admin');
  const t = await getTranslations('admin');
  if (user.role !== 'admin') {
    return (
      <EmptyState icon={Lock} heading="h1" title={t('forbidden')}>
        <p>{t('forbiddenMeaning')}</p>
        <Button asChild>
          <Link href="/">{t('home')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto max-w-4xl">
      <h1 className="book text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 mb-8 text-ink-soft">{t('meaning')}</p>
      <Accounts />
    </div>
  );
}
