'use client';

import { CircleUserRound } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { chooseLocale } from '@/i18n/choose-locale';
import { LOCALE_NAMES, LOCALES } from '@/i18n/locales';
import { signOutTo } from '@/lib/auth/browser';
import type { Me } from '@/lib/auth/schema';
import { useOtherTheme } from './theme-switch';

const PLACES = ['credits', 'settings', 'account', 'programs'] as const;
const ADMIN_PLACES = [...PLACES, 'admin'] as const;

export function AccountMenu({ user }: { user: Me }) {
  const t = useTranslations('site');
  const current = useLocale();
  const [, startChange] = useTransition();
  const { other, switchTheme } = useOtherTheme();
  return (
    <Menu
      trigger={
        <Button kind="quiet" aria-label={t('account')} className="max-sm:px-2">
          <CircleUserRound aria-hidden />
        </Button>
      }
    >
      <div className="border-line border-b px-3 pt-2 pb-3">
        {user.name !== null && <p className="font-semibold break-words">{user.name}</p>}
        <p className="text-ink-soft text-sm break-words">{user.email}</p>
      </div>
      <div className="sm:hidden">
        <MenuItem onSelect={switchTheme}>{t(`theme.${other}Long`)}</MenuItem>
        {LOCALES.filter((locale) => locale !== current).map((locale) => (
          <MenuItem key={locale} lang={locale} onSelect={() => startChange(() => chooseLocale(locale))}>
            {LOCALE_NAMES[locale]}
          </MenuItem>
        ))}
      </div>
      {(user.role === 'admin' ? ADMIN_PLACES : PLACES).map((place) => (
        <MenuItem key={place} asChild>
          <Link href={`/${place}`}>{t(`places.${place}`)}</Link>
        </MenuItem>
      ))}
      <MenuItem onSelect={() => void signOutTo('/sign-in')}>{t('signOut')}</MenuItem>
    </Menu>
  );
}
