import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Moment } from '@/components/ui/moment';
import type { Account } from '@/lib/account/schema';

interface AccountRowProps {
  account: Account;
  onAdjust: (account: Account) => void;
}

export function AccountRow({ account, onAdjust }: AccountRowProps) {
  const t = useTranslations('admin');
  const format = useFormatter();
  const { email, name, role, balance, created_at: since } = account;
  const at = email.lastIndexOf('@');
  return (
    <tr className="border-line border-b align-baseline">
      <td className="py-3 pr-3 wrap-anywhere">
        {email.slice(0, at)}
        <wbr />
        {email.slice(at)}
        {name !== null && <span className="block">{name}</span>}
        <span className="block text-ink-soft text-sm">
          {role === 'admin' && `${t('isAdmin')} · `}
          {t('since')} <Moment instant={since} />
        </span>
      </td>
      <td className="py-3 pr-3 text-right whitespace-nowrap tabular-nums">{format.number(balance)}</td>
      <td className="py-1 text-right">
        <Button
          kind="quiet"
          aria-label={t('changeOf', { email })}
          className="max-sm:px-1"
          onClick={() => onAdjust(account)}
        >
          {t('change')}
        </Button>
      </td>
    </tr>
  );
}
