'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { api } from '@/lib/client/browser-api';
import { saveFile } from '@/lib/client/save-file';

const FILE_NAME = 'french-novel-tool.zip';

export function TakeOut() {
  const t = useTranslations('account.takeOut');
  const take = useMutation({ mutationFn: api.exportAccount, onSuccess: (zip) => saveFile(zip, FILE_NAME) });
  return (
    <Section title={t('title')} note={t('meaning')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button disabled={take.isPending} onClick={() => take.mutate()}>
          <Download aria-hidden />
          {t('download')}
        </Button>
        <span role="status" className="text-ink-soft">
          {take.isPending && t('collecting')}
          {take.isSuccess && t('done', { name: FILE_NAME })}
        </span>
      </div>
      {take.error && (
        <div className="mt-4">
          <ProblemOf error={take.error}>
            <p>{t('nothingLost')}</p>
          </ProblemOf>
        </div>
      )}
    </Section>
  );
}
