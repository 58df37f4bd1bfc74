'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { chooseLocale } from '@/i18n/choose-locale';
import { LOCALE_NAMES, LOCALES } from '@/i18n/locales';

export function LanguageSwitch() {
  const t = useTranslations('site');
  const current = useLocale();
  const [isChanging, startChange] = useTransition();
  return (
    <fieldset className="flex">
      <legend className="sr-only">{t('language')}</legend>
      {LOCALES.map((locale) => (
        <Button
          key={locale}
          kind="quiet"
          lang={locale}
          aria-pressed={locale === current}
          disabled={isChanging}
          onClick={() => startChange(() => chooseLocale(locale))}
          className={classNames(
            'min-w-11 px-2 font-normal',
            locale === current && 'font-semibold text-accent underline underline-offset-8',
          )}
        >
          {locale.toUpperCase()}
          <span className="sr-only">, {LOCALE_NAMES[locale]}</span>
        </Button>
      ))}
    </fieldset>
  );
}
