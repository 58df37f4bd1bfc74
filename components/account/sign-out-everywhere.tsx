'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { AskFirst } from '@/components/ui/ask-first';
import { Section } from '@/components/ui/section';
import { api } from '@/lib/client/browser-api';

export function SignOutEverywhere() {
  const t = useTranslations('account.everywhere');
  const end = useMutation({
    mutationFn: api.signOutEverywhere,
    onSuccess: () => window.location.assign('/sign-in'),
  });
  return (
    <Section title={t('title')} note={t('meaning')}>
      <AskFirst
        trigger={{ children: t('ask') }}
        question={t('question')}
        act={t('act')}
        keep={t('keep')}
        isBusy={end.isPending || end.isSuccess}
        onAct={() => end.mutate()}
        problem={
          end.error && (
            <ProblemOf error={end.error}>
              <p>{t('still')}</p>
            </ProblemOf>
          )
        }
      >
        <p>{t('consequence')}</p>
      </AskFirst>
    </Section>
  );
}
