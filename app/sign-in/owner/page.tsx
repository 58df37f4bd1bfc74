import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OwnerSignIn } from '@/components/sign-in/owner-sign-in';

interface OwnerPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  // The address holds a secret until it is used: it goes to nobody as a referrer.
  return { title: (await getTranslations('signIn'))('title'), referrer: 'no-referrer' };
}

export default async function OwnerPage({ searchParams }: OwnerPageProps) {
  const { token } = await searchParams;
  return <OwnerSignIn token={typeof token === 'string' ? token : ''} />;
}
