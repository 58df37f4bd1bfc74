'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { AskFirst } from '@/components/ui/ask-first';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';

interface DeleteAccountProps {
  email: string;
  hasPassword: boolean;
}

const LOST = ['novels', 'words', 'settings', 'keys'] as const;

export function DeleteAccount({ email, hasPassword }: DeleteAccountProps) {
  const t = useTranslations('account.delete');
  const [isMistyped, setMistyped] = useState(false);
  const remove = useMutation({
    mutationFn: api.deleteAccount,
    onSuccess: () => window.location.assign('/goodbye'),
  });
  const isWrong = isApiError(remove.error, 'INVALID_CREDENTIALS');
  const act = (form: FormData) => {
    const typed = String(form.get('proof'));
    setMistyped(!hasPassword && typed.trim().toLowerCase() !== email);
    if (hasPassword) remove.mutate({ current_password: typed });
    else if (typed.trim().toLowerCase() === email) remove.mutate({});
  };
  return (
    <Section title={t('title')} note={t('meaning')}>
      <AskFirst
        trigger={{ children: t('ask'), className: 'text-red' }}
        question={t('question', { email })}
        act={t('act')}
        keep={t('keep')}
        isBusy={remove.isPending || remove.isSuccess}
        onAct={act}
        problem={
          remove.error &&
          !isWrong && (
            <ProblemOf error={remove.error}>
              <p>{t('still')}</p>
            </ProblemOf>
          )
        }
      >
        <ul className="list-disc space-y-1 pl-5">
          {LOST.map((thing) => (
            <li key={thing}>{t(`lost.${thing}`)}</li>
          ))}
        </ul>
        <p>{t('stays')}</p>
        {hasPassword ? (
          <Field
            label={t('password')}
            name="proof"
            type="password"
            autoComplete="current-password"
            required
            error={isWrong ? t('wrong') : undefined}
          />
        ) : (
          <Field
            label={t('typed', { email })}
            name="proof"
            autoComplete="off"
            autoCapitalize="none"
            required
            error={isMistyped ? t('mistyped') : undefined}
          />
        )}
      </AskFirst>
    </Section>
  );
}
