import { useTranslations } from 'next-intl';
import type { Me } from '@/lib/auth/schema';

interface IdentityProps {
  user: Me;
  hasPassword: boolean;
}

/** Who is signed in. */
export function Identity({ user, hasPassword }: IdentityProps) {
  const t = useTranslations('account');
  const facts = [
    ...(user.name === null ? [] : [['name', user.name] as const]),
    ['email', user.email],
    ['way', t(hasPassword ? 'byPassword' : 'withoutPassword')],
    ...(user.role === 'admin' ? [['role', t('admin')] as const] : []),
  ] as const;
  return (
    <dl className="mb-10 flex flex-wrap gap-x-10 gap-y-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-ink-soft text-sm">{t(`facts.${name}`)}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
