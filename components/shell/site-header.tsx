import { BookOpenText, Library } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { Me } from '@/lib/auth/schema';
import { AccountMenu } from './account-menu';
import { LanguageSwitch } from './language-switch';
import { ThemeSwitch } from './theme-switch';

export function SiteHeader({ user }: { user: Me | undefined }) {
  const t = useTranslations('site');
  return (
    <header className="border-line border-b">
      <a
        href="#main"
        className="absolute -top-20 left-4 z-50 rounded-md bg-accent px-4 py-3 text-on-accent focus:top-2"
      >
        {t('skip')}
      </a>
      <div className="mx-auto flex min-h-14 max-w-6xl items-center px-4 sm:gap-1 sm:px-6">
        <Link
          href="/"
          className="mr-auto flex min-h-11 items-center gap-2 rounded-md whitespace-nowrap font-book leading-tight sm:gap-2.5 sm:text-lg"
        >
          <BookOpenText aria-hidden className="size-5.5 shrink-0 stroke-[1.5] text-accent" />
          {t('name')}
        </Link>
        {user && (
          <Button asChild kind="quiet" className="max-sm:px-2">
            <Link href="/library">
              <Library aria-hidden className="max-sm:hidden" />
              {t('library')}
            </Link>
          </Button>
        )}
        <div className={user ? 'flex items-center gap-1 max-sm:hidden' : 'flex items-center gap-1'}>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        {user && <AccountMenu user={user} />}
      </div>
    </header>
  );
}
