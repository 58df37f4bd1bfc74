import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { NovelSettings } from '@/components/settings/novel-settings';
import { getSettings } from '@/lib/jobs/user-settings';
import { availableEngines } from '@/lib/rewrite/available-engines';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('preferences'))('title') };
}

export default async function SettingsPage() {
  const user = await requireUser('/settings');
  const t = await getTranslations('preferences');
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="book text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 mb-10 text-ink-soft">{t('meaning')}</p>
      <NovelSettings engines={availableEngines()} saved={await getSettings(user.id)} />
    </div>
  );
}
