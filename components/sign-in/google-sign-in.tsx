'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { signInWithGoogle } from '@/lib/auth/browser';
import { useHydrated } from '@/lib/client/use-hydrated';

const REFUSALS = ['GOOGLE_ADDRESS_NOT_VERIFIED', 'GOOGLE_ADDRESS_OF_ANOTHER'] as const;

interface GoogleSignInProps {
  /** A path of this site. */
  next: string;
  /** Why the last attempt came back here. */
  error: string | undefined;
}

export function GoogleSignIn({ next, error }: GoogleSignInProps) {
  const t = useTranslations('google');
  const isHydrated = useHydrated();
  const refusal = REFUSALS.find((code) => code === error) ?? 'failed';
  return (
    <div className="mb-8 space-y-5">
      {error !== undefined && (
        <Notice tone="attention" title={t('failedTitle')} isAlert>
          <p>{t(`why.${refusal}`)}</p>
        </Notice>
      )}
      <Button className="w-full" disabled={!isHydrated} onClick={() => void signInWithGoogle(next)}>
        {t('continue')}
      </Button>
    </div>
  );
}
