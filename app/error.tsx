'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function PageError({ reset }: { reset: () => void }) {
  const t = useTranslations('failure');
  return (
    <EmptyState icon={CloudOff} heading="h1" title={t('title')}>
      <p>{t('text')}</p>
      <Button kind="primary" onClick={reset}>
        {t('again')}
      </Button>
    </EmptyState>
  );
}
