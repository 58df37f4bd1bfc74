import { BookX } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <EmptyState icon={BookX} heading="h1" title={t('title')}>
      <p>{t('text')}</p>
      <Button asChild>
        <Link href="/">{t('home')}</Link>
      </Button>
    </EmptyState>
  );
}
