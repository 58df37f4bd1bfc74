import { getTranslations } from 'next-intl/server';
import { UploadForm } from '@/components/upload/upload-form';
import { env } from '@/lib/env';
import { getSettings } from '@/lib/jobs/user-settings';
import { availableEngines } from '@/lib/rewrite/available-engines';
import { requireUser } from './require-user';

export default async function HomePage() {
  const user = await requireUser('/');
  const t = await getTranslations('home');
  const { MAX_UPLOAD_MB, MAX_PAGES } = env();
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="book mb-10 text-3xl leading-tight sm:text-4xl">{t('sentence')}</h1>
      <UploadForm
        engines={availableEngines()}
        usual={await getSettings(user.id)}
        limits={{ megabytes: MAX_UPLOAD_MB, pages: MAX_PAGES }}
      />
    </div>
  );
}
