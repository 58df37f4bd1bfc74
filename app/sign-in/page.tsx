import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { GoogleSignIn } from '@/components/sign-in/google-sign-in';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { currentUser } from '@/lib/auth/current-user';
import { hasGoogle } from '@/lib/auth/google-provider';
import { localPath } from './local-path';

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next: wanted, error } = await searchParams;
  const next = localPath(wanted);
  if (await currentUser()) redirect(next);
  const t = await getTranslations('signIn');
  return (
    <div className="mx-auto max-w-sm">
      {hasGoogle() && <GoogleSignIn next={next} error={typeof error === 'string' ? error : undefined} />}
      <SignInForm next={next} />
      <p className="mt-10 border-line border-t pt-6 text-ink-soft">{t('ownerHint')}</p>
    </div>
  );
}
