import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { Balance } from '@/components/credits/balance';
import { Statement } from '@/components/credits/statement';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('credits'))('title') };
}

export default async function CreditsPage() {
  await requireUser('/credits');
  const t = await getTranslations('credits');
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="book mb-6 text-3xl sm:text-4xl">{t('title')}</h1>
      <Balance />
      <Statement />
    </div>
  );
}
