'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { signInWithPassword } from '@/lib/auth/browser';
import { ApiError, unreachable } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { useHydrated } from '@/lib/client/use-hydrated';

type Mode = 'sign-in' | 'register';
type Failure = 'refused' | 'throttled' | 'unavailable' | ApiError;

interface SignInFormProps {
  /** A path of this site. */
  next: string;
}

export function SignInForm({ next }: SignInFormProps) {
  const t = useTranslations('signIn');
  const [mode, setMode] = useState<Mode>('sign-in');
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const isHydrated = useHydrated();
  const isNew = mode === 'register';

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(undefined);
    const failed = await enter(String(form.get('email')), String(form.get('password')), isNew);
    if (failed === undefined) return window.location.assign(next);
    setFailure(failed);
    setBusy(false);
  };
  const changeMode = () => {
    setMode(isNew ? 'sign-in' : 'register');
    setFailure(undefined);
  };

  return (
    <>
      <h1 className="book mb-6 text-3xl">{t(isNew ? 'newTitle' : 'title')}</h1>
      <form method="post" onSubmit={submit} className="space-y-5">
        <Field label={t('email')} name="email" type="email" autoComplete="email" required />
        <Field
          label={t('password')}
          note={isNew ? t('passwordRule') : undefined}
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
        />
        {failure !== undefined && <SignInFailure failure={failure} />}
        <Button type="submit" kind="primary" disabled={isBusy || !isHydrated} className="w-full">
          {t(isNew ? 'create' : 'submit')}
        </Button>
      </form>
      <p className="mt-6">
        {t(isNew ? 'haveAccount' : 'noAccount')}{' '}
        <Button kind="link" onClick={changeMode}>
          {t(isNew ? 'toSignIn' : 'toCreate')}
        </Button>
      </p>
    </>
  );
}

const FIELDS = ['email', 'password'] as const;

function SignInFailure({ failure }: { failure: Failure }) {
  const t = useTranslations('signIn');
  if (failure === 'refused') return <ProblemNotice code="INVALID_CREDENTIALS" />;
  if (failure === 'throttled') return <ProblemNotice code="RATE_LIMITED" />;
  if (failure === 'unavailable') return <ProblemNotice code="UNAVAILABLE" />;
  const wrong = failure.code === 'INVALID_INPUT' ? failure.problem.errors : undefined;
  return (
    <ProblemOf error={failure}>
      {FIELDS.filter((name) => wrong?.some(({ field }) => field === name)).map((name) => (
        <p key={name}>{t(`wrong.${name}`)}</p>
      ))}
    </ProblemOf>
  );
}

async function enter(email: string, password: string, isNew: boolean): Promise<Failure | undefined> {
  try {
    if (isNew) await api.register({ email, password });
    const result = await signInWithPassword(email, password);
    return result === 'signed-in' ? undefined : result;
  } catch (error) {
    return error instanceof ApiError ? error : unreachable(error);
  }
}
