'use client';

import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { type SignInResult, signInWithOwnerLink } from '@/lib/auth/browser';

/** Uses the link up as soon as the page is open. */
export function OwnerSignIn({ token }: { token: string }) {
  const t = useTranslations('owner');
  const [result, setResult] = useState<SignInResult>();
  const isUsed = useRef(false);

  useEffect(() => {
    // React may run an effect twice while developing; the link works once.
    if (isUsed.current) return;
    isUsed.current = true;
    signInWithOwnerLink(token)
      .catch((): SignInResult => 'unavailable')
      .then((outcome) => {
        if (outcome === 'signed-in') window.location.replace('/');
        else setResult(outcome);
      });
  }, [token]);

  if (result === undefined || result === 'signed-in') {
    return (
      <p role="status" className="py-24 text-center text-ink-soft">
        {t('signingIn')}
      </p>
    );
  }
  return (
    <EmptyState icon={KeyRound} heading="h1" title={t(`${result}Title`)}>
      <p>{t(result)}</p>
      <Button asChild>
        <Link href="/sign-in">{t('toSignIn')}</Link>
      </Button>
    </EmptyState>
  );
}
