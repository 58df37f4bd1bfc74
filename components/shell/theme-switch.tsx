'use client';

import { Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/lib/client/use-hydrated';

/** The theme is the browser's knowledge: until the page lives there, nothing is said about it. */
export function useOtherTheme() {
  const { resolvedTheme, setTheme } = useTheme();
  const isInBrowser = useHydrated();
  const other: 'light' | 'dark' = isInBrowser && resolvedTheme === 'dark' ? 'light' : 'dark';
  return { other, isInBrowser, switchTheme: () => setTheme(other) };
}

export function ThemeSwitch() {
  const t = useTranslations('site');
  const { other, isInBrowser, switchTheme } = useOtherTheme();
  const Icon = other === 'dark' ? Moon : Sun;
  return (
    <Button kind="quiet" onClick={switchTheme} className={isInBrowser ? 'font-normal' : 'invisible'}>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{t(`theme.${other}`)}</span>
    </Button>
  );
}
