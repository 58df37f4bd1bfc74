'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { useHydrated } from '@/lib/client/use-hydrated';

export function ChangePassword({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations('account.password');
  const tErrors = useTranslations('errors');
  const router = useRouter();
  const isHydrated = useHydrated();
  const change = useMutation({ mutationFn: api.changePassword });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const current = entered.get('current');
    change.mutate(
      {
        new_password: String(entered.get('new')),
        ...(current !== null && { current_password: String(current) }),
      },
      {
        onSuccess: () => {
          form.reset();
          router.refresh();
        },
      },
    );
  };
  const isWrong = isApiError(change.error, 'INVALID_CREDENTIALS');
  const isWeak = isApiError(change.error, 'PASSWORD_TOO_WEAK');
  return (
    <Section title={t('title')} note={t(hasPassword ? 'meaning' : 'none')}>
      <form method="post" onSubmit={submit} className="max-w-sm space-y-5">
        {hasPassword && (
          <Field
            label={t('current')}
            name="current"
            type="password"
            autoComplete="current-password"
            required
            error={isWrong ? t('wrong') : undefined}
          />
        )}
        <Field
          label={t('new')}
          note={t('rule')}
          name="new"
          type="password"
          autoComplete="new-password"
          required
          error={isWeak ? `${tErrors('PASSWORD_TOO_WEAK.what')}. ${tErrors('PASSWORD_TOO_WEAK.action')}` : undefined}
        />
        <Button type="submit" disabled={change.isPending || !isHydrated}>
          {t(hasPassword ? 'change' : 'set')}
        </Button>
        {change.error && !isWrong && !isWeak && (
          <ProblemOf error={change.error}>
            <p>{t('unchanged')}</p>
          </ProblemOf>
        )}
        {change.isSuccess && (
          <div role="status">
            <Notice tone="good" title={t('done')}>
              <p>{t('doneMeaning')}</p>
            </Notice>
          </div>
        )}
      </form>
    </Section>
  );
}
