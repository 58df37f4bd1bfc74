'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** What failed on the server is not asked for again by the `reset` that Next hands over. */
export default function PageError() {
  const t = useTranslations('failure');
  return (
    <EmptyState icon={CloudOff} heading="h1" title={t('title')}>
      <p>{t('text')}</p>
      <Button kind="primary" onClick={() => window.location.reload()}>
        {t('again')}
      </Button>
    </EmptyState>
  );
}
