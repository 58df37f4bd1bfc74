import { DoorOpen } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('goodbye'))('title') };
}

/** Where one stands after the account is deleted. */
export default async function GoodbyePage() {
  const t = await getTranslations('goodbye');
  return (
    <EmptyState icon={DoorOpen} heading="h1" title={t('title')}>
      <p>{t('text')}</p>
      <Button asChild>
        <Link href="/sign-in">{t('again')}</Link>
      </Button>
    </EmptyState>
  );
}
