import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { ApiKeys } from '@/components/programs/api-keys';
import { Webhooks } from '@/components/programs/webhooks';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('programs'))('title') };
}

export default async function ProgramsPage() {
  const user = await requireUser('/programs');
  const t = await getTranslations('programs');
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="book text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 mb-4 text-ink-soft">
        {t('meaning')}{' '}
        <a href="/api/v1/openapi.json" className="text-accent underline decoration-1 underline-offset-4">
          {t('described')}
        </a>
      </p>
      <ApiKeys isAdmin={user.role === 'admin'} />
      <Webhooks />
    </div>
  );
}
