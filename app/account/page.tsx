import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { ChangePassword } from '@/components/account/change-password';
import { DeleteAccount } from '@/components/account/delete-account';
import { Identity } from '@/components/account/identity';
import { SignOutEverywhere } from '@/components/account/sign-out-everywhere';
import { TakeOut } from '@/components/account/take-out';
import { hasPassword } from '@/lib/auth/has-password';
import { Credentials } from '@/lib/auth/schema';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const user = await requireUser('/account');
  const t = await getTranslations('account');
  const isSet = await hasPassword(user.id);
  // The owner of the machine has no address that a password could go with.
  const canSignIn = Credentials.shape.email.safeParse(user.email).success;
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="book mb-6 text-3xl sm:text-4xl">{t('title')}</h1>
      <Identity user={user} hasPassword={isSet} />
      {canSignIn && <ChangePassword hasPassword={isSet} />}
      <SignOutEverywhere />
      <TakeOut />
      <DeleteAccount email={user.email} hasPassword={isSet} />
    </div>
  );
}
